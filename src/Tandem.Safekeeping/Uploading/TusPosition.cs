namespace Tandem.Safekeeping.Uploading;

/// <summary>How far an upload is on RWS.</summary>
/// <param name="Length">Once declared.</param>
/// <param name="StoredDigest">Once it is in the vault.</param>
internal sealed record TusPosition(Uri Location, long Offset, long? Length, string? StoredDigest);
