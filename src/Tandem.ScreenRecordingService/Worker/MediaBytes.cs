namespace Tandem.ScreenRecordingService.Worker;

/// <summary>An init segment or a fragment, with when it was finished.</summary>
/// <param name="Kind">One of <see cref="Contracts.Srs.LivePart"/>'s.</param>
internal sealed record MediaBytes(byte Kind, long UtcUs, long MonotonicUs, ReadOnlyMemory<byte> Bytes);
