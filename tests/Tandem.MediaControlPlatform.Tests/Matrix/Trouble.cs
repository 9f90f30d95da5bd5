using Tandem.Lab.Network;

namespace Tandem.MediaControlPlatform.Tests.Matrix;

/// <summary>What goes wrong while a story plays.</summary>
/// <param name="Kill">The process dies in the middle.</param>
/// <param name="DiskFull">The disk is full for two seconds.</param>
/// <param name="FloorBytes">Of the disk below which the spool writes nothing: it stops before the disk itself refuses.</param>
internal sealed record Trouble(Impairment Network, bool Kill = false, bool DiskFull = false, long FloorBytes = 0)
{
    public const int KillAtMs = 6500;
    public const int FullFromMs = 5000;
    public const int FullToMs = 7000;

    /// <summary>How far a mark may lie off. On a good network a packet's own way; else the bound of the design, 20 ms, for
    /// the first packets of a stream may all have been late, and a skew is mended from 5 ms on.</summary>
    public long MarkToleranceUs => Network == new Impairment() ? 2000 : 20_000;

    /// <summary>Nothing in it makes a stream be placed anew.</summary>
    public bool IsSteady => Network is { JitterMs: 0, SkewPpm: 0, NewSourceEverySeconds: 0 };

    public static IReadOnlyDictionary<string, Trouble> All { get; } = new Dictionary<string, Trouble>
    {
        ["none"] = new(new Impairment()),
        ["loss"] = new(new Impairment { LossPercent = 1 }),
        ["jitter"] = new(new Impairment { JitterMs = 50 }),
        ["reorder"] = new(new Impairment { ReorderPercent = 1 }),
        ["duplicate"] = new(new Impairment { DuplicatePercent = 2 }),
        ["skew"] = new(new Impairment { SkewPpm = 200 }),
        ["ssrc"] = new(new Impairment { NewSourceEverySeconds = 3 }),
        ["everything"] = new(new Impairment
        {
            LossPercent = 1, JitterMs = 50, ReorderPercent = 1, DuplicatePercent = 1, SkewPpm = -200, NewSourceEverySeconds = 4,
        }),
        ["kill -9"] = new(new Impairment(), Kill: true),
        ["disk full"] = new(new Impairment(), DiskFull: true),
        ["disk at its floor"] = new(new Impairment(), DiskFull: true, FloorBytes: 1 << 20),
    };
}
