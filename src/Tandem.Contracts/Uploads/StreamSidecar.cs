namespace Tandem.Contracts.Uploads;

/// <summary>Goes with the creation of an upload as tus metadata <c>sidecar</c> (base64 of this JSON); kept beside the
/// sealed stream in every spool.</summary>
public sealed record StreamSidecar
{
    /// <summary>Lower-case UUID; creation with a known id answers with the upload that exists.</summary>
    public required string StreamId { get; init; }

    public required StreamKind Kind { get; init; }

    /// <summary>Voice: segment id. Screen: capture id.</summary>
    public required string OwnerId { get; init; }

    /// <summary>Voice: CallUUID. Screen: agent id.</summary>
    public required string SubjectId { get; init; }

    /// <summary>As <see cref="Media.VoicePart"/>, or <c>video/mp4</c>.</summary>
    public required string MediaType { get; init; }

    /// <summary>Voice only: samples per second and channel.</summary>
    public int? Rate { get; init; }

    /// <summary>UTC microseconds of the first record.</summary>
    public required long StartUs { get; init; }

    /// <summary>CMS EnvelopedData (RSA-OAEP SHA-256) of the stream key for RWS's ingest certificate, base64.</summary>
    public required string WrappedKey { get; init; }
}
