namespace Tandem.ScreenRecordingService.Encoding;

internal readonly record struct EncodedPicture(ReadOnlyMemory<byte> Data, bool Key);
