namespace Tandem.ScreenRecordingService.Capture;

/// <param name="Track">Index of the track that it belongs to.</param>
/// <param name="Key">Begins with a key frame.</param>
internal sealed record Fragment(byte[] Bytes, int Track, bool Key);
