namespace Tandem.Lab.Network;

/// <summary>What a bad network, or a bad clock, does to one direction of RTP. The same seed spoils the same packets.</summary>
public sealed record Impairment
{
    /// <summary>Packets that never arrive, 0 to 100.</summary>
    public double LossPercent { get; init; }

    /// <summary>Each packet waits 0 to this, 0 to 1,000, evenly spread: some overtake others.</summary>
    public double JitterMs { get; init; }

    /// <summary>Packets that two later ones overtake, 0 to 100.</summary>
    public double ReorderPercent { get; init; }

    /// <summary>Packets that arrive twice, 0 to 100.</summary>
    public double DuplicatePercent { get; init; }

    /// <summary>By how much the sender's sample clock runs fast (positive) or slow, -1,000 to 1,000.</summary>
    public double SkewPpm { get; init; }

    /// <summary>The stream goes on under another SSRC, with other numbers, every so many seconds; 0 never, else 1 to
    /// 3,600.</summary>
    public double NewSourceEverySeconds { get; init; }

    public int Seed { get; init; } = 1;

    /// <summary>The same network for another phone, with a sequence of its own; every other phone's clock errs the other
    /// way.</summary>
    public Impairment For(int phone) =>
        this with { Seed = Seed + (phone * 7919), SkewPpm = phone % 2 == 0 ? SkewPpm : -SkewPpm };
}
