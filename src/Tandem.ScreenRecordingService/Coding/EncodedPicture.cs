namespace Tandem.ScreenRecordingService.Coding;

internal readonly record struct EncodedPicture(ReadOnlyMemory<byte> Data, bool Key);
