namespace Tandem.Contracts.Media;

/// <summary>One exchange of four timestamps: server clock = local clock + <paramref name="OffsetUs"/>, uncertain by
/// half of <paramref name="DelayUs"/>.</summary>
public sealed record ClockSample(long AtUs, long OffsetUs, long DelayUs);
