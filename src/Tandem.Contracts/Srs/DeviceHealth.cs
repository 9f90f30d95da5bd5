namespace Tandem.Contracts.Srs;

public sealed record DeviceHealth(
    string Version,
    long ClockOffsetUs,
    long SpoolBytes,
    long DiskFreeBytes,
    long FramesDropped,
    double CpuSeconds,
    string? Problem);
