namespace Tandem.ScreenRecordingService.Capture;

/// <param name="StartMs">Time of its first picture on the part's axis.</param>
/// <param name="Key">Begins with a key frame.</param>
internal sealed record Fragment(byte[] Bytes, long StartMs, bool Key);
