using Tandem.Contracts.Media;
using Tandem.Contracts.Uploads;

namespace Tandem.Safekeeping.Proof;

/// <summary><c>manifest.json</c> of a recording (docs/formats/manifest.md): what belongs to it, with a hash over each
/// object's bytes as they lie in the vault, so that checking needs no key. Signed over its exact bytes.</summary>
public sealed record Manifest
{
    public const string FileName = "manifest.json";
    public const string CurrentFormat = "tandem-manifest/1";

    /// <summary>Raw DER ECDSA P-256 SHA-256 over the bytes of <see cref="FileName"/>.</summary>
    public const string SignatureName = "manifest.json.sig";

    public required string Format { get; init; }
    public required string ContactCenterId { get; init; }

    /// <summary>Segment or capture id.</summary>
    public required string RecordingId { get; init; }
    public required StreamKind Kind { get; init; }

    /// <summary>CallUUID or agent id.</summary>
    public required string SubjectId { get; init; }

    /// <summary>UTC microseconds since 1970.</summary>
    public required long StartUs { get; init; }
    public required long StopUs { get; init; }

    /// <summary>When this manifest was written.</summary>
    public required long FinishedUs { get; init; }

    /// <summary>Every object of the recording; anything else in its folder but the manifest and its signature is a
    /// fault.</summary>
    public required IReadOnlyList<ManifestObject> Objects { get; init; }

    public IReadOnlyList<MediaInterval> Pauses { get; init; } = [];
    public IReadOnlyList<ClockSample> ClockSamples { get; init; } = [];
}
