namespace Tandem.Sip.Transactions;

/// <summary>The base timers of RFC 3261 §17.1.1.1; all others are multiples.</summary>
public sealed record SipTimers
{
    /// <summary>Round-trip estimate, 500 ms.</summary>
    public TimeSpan T1 { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Longest retransmission interval of non-INVITE requests and INVITE responses, 4 s.</summary>
    public TimeSpan T2 { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>Longest time a message stays in the network, 5 s.</summary>
    public TimeSpan T4 { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>64·T1: timers B, F, H, J, L, M.</summary>
    public TimeSpan Timeout => T1 * 64;

    /// <summary>Timer D, at least 32 s on unreliable transports.</summary>
    public TimeSpan D => Timeout > TimeSpan.FromSeconds(32) ? Timeout : TimeSpan.FromSeconds(32);
}
