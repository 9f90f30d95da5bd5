namespace Tandem.ScreenRecordingService.Capture;

/// <summary>A track of a part that has one for each monitor.</summary>
/// <param name="Codec">RFC 6381 string such as <c>vp09.00.40.08</c>.</param>
/// <param name="Init">Its own init segment, for players that take one track only.</param>
internal sealed record TrackBegun(string Codec, byte[] Init);
