using Tandem.Contracts.Uploads;

namespace Tandem.WebServices.Uploads;

/// <summary><c>upload.json</c> of an upload.</summary>
/// <param name="UploadId">Made by the server; the only name that reaches the file system.</param>
/// <param name="Sender">Who made it; nobody else may touch it.</param>
/// <param name="StoredLength">Once the stream is in the vault.</param>
/// <param name="StoredDigest">As above.</param>
internal sealed record UploadRecord(
    string UploadId, string Sender, StreamSidecar Sidecar, long CreatedUs, long? StoredLength = null, string? StoredDigest = null);
