namespace Tandem.Contracts.Media;

/// <param name="StartMs">Where the part's first frame stands on the capture's axis.</param>
/// <param name="Codec">RFC 6381 string such as <c>vp09.00.40.08</c>.</param>
public sealed record ScreenPart(string StreamId, string Codec, int Width, int Height, long StartMs, long DurationMs);
