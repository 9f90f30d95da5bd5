using System.Diagnostics.CodeAnalysis;
using Tandem.Sip.Headers;
using Tandem.Sip.Messages;
using Tandem.Sip.Sdp;

namespace Tandem.Sip.Siprec;

/// <summary>
/// The body of a recording session's INVITE or UPDATE (RFC 7866 §6.1): SDP and, usually, metadata, in any order and with foreign parts between.
/// A call is never refused over metadata: what cannot be read is left out and named in <see cref="MetadataFault"/>.
/// </summary>
public sealed record SiprecBody
{
    /// <summary>The media type of metadata (RFC 9806); <c>application/rs-metadata</c> is read too.</summary>
    public const string MetadataType = "application/rs-metadata+xml";

    /// <summary>The description, or null when the body has none (metadata alone in an UPDATE).</summary>
    public SdpSession? Sdp { get; init; }

    /// <summary>The metadata, or null when there is none or it is unreadable.</summary>
    public SiprecMetadata? Metadata { get; init; }

    /// <summary>Why metadata that is there could not be read, or null.</summary>
    public string? MetadataFault { get; init; }

    /// <summary>This body after an update: what the update does not say stays.</summary>
    public SiprecBody With(SiprecBody update) => new()
    {
        Sdp = update.Sdp ?? Sdp,
        Metadata = update.Metadata is { } metadata ? Metadata?.With(metadata) ?? metadata : Metadata,
        MetadataFault = update.MetadataFault,
    };

    /// <summary>Reads the body of a message.</summary>
    /// <returns>False when it holds neither SDP nor metadata.</returns>
    public static bool TryParse(SipMessage message, [NotNullWhen(true)] out SiprecBody? body) =>
        TryParse(message.Headers[HeaderNames.ContentType], message.Body, out body);

    /// <summary>Reads a body of the given Content-Type (null: found from the content).</summary>
    public static bool TryParse(string? contentType, ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out SiprecBody? body)
    {
        body = null;
        var found = new SiprecBody();
        if (MultipartBody.TryParse(contentType, bytes, out var multipart))
        {
            foreach (var part in multipart.Parts) found = Take(found, part.ContentType, part.Disposition, part.Body);
        }
        else found = Take(found, contentType?.Split(';')[0].Trim().ToLowerInvariant() ?? "", null, bytes);
        if (found.Sdp is null && found.Metadata is null && found.MetadataFault is null) return false;
        body = found;
        return true;
    }

    private static SiprecBody Take(SiprecBody found, string type, string? disposition, ReadOnlyMemory<byte> content)
    {
        var start = content.Span.TrimStart(" \t\r\n"u8);
        if (type == SdpSession.MediaType || start.StartsWith("v=0"u8))
            return found.Sdp is null && SdpSession.TryParse(start, out var sdp) ? found with { Sdp = sdp } : found;
        // One vendor's Content-Type is cut short ("application/ +xml"): the disposition tells as well.
        var isMetadata = type.StartsWith("application/rs-metadata", StringComparison.Ordinal) || disposition == "recording-session";
        if (!isMetadata || found.Metadata is not null) return found;
        return SiprecMetadataParser.TryParse(content.Span, out var metadata, out var why)
            ? found with { Metadata = metadata, MetadataFault = null }
            : found with { MetadataFault = why };
    }

    /// <summary>
    /// The participant whose voice a block of the SDP carries: by its label, the stream of that label and the participant that sends it. Null when
    /// the metadata does not say. (Some vendors swap send and recv; both sides of a two-party call are then swapped alike.)
    /// </summary>
    public SiprecParticipant? ParticipantOf(SdpMedia media)
    {
        if (Metadata is not { } metadata || media.Label is not { } label) return null;
        var stream = metadata.Streams.FirstOrDefault(s => s.Label == label);
        return stream is null ? null : metadata.Participants.FirstOrDefault(p => p.Sends.Contains(stream.Id));
    }

    /// <summary>True when one block carries all voices together.</summary>
    public bool IsMixed => Sdp is { } sdp && sdp.Media.Count(m => m.Type == "audio") == 1;
}
