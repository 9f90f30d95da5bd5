namespace Tandem.Safekeeping.Proof;

/// <param name="Name">File name in the recording's folder.</param>
/// <param name="Role"><c>stream</c>, <c>index</c> (of the stream of the same name) or <c>report</c>.</param>
/// <param name="Sha256">Lower-case hex, over the object's bytes.</param>
/// <param name="Digest">Streams: SHA-256 over the record digests, as the recorder computed it.</param>
/// <param name="State">Streams: complete, truncated or damaged.</param>
public sealed record ManifestObject(
    string Name,
    string Role,
    long Bytes,
    string Sha256,
    string? MediaType = null,
    int? Rate = null,
    long? StartUs = null,
    long? PlaintextBytes = null,
    long? Records = null,
    string? Digest = null,
    string? State = null)
{
    public const string StreamRole = "stream";
    public const string IndexRole = "index";
    public const string ReportRole = "report";
}
