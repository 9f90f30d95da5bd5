namespace Tandem.ScreenRecordingService.Worker;

/// <summary>An init segment or a fragment, with when it was finished.</summary>
internal sealed record MediaBytes(long UtcUs, long MonotonicUs, ReadOnlyMemory<byte> Bytes);
