namespace Tandem.Contracts.Srs;

/// <summary>One text message on <c>/api/v2/srs</c> in either direction; exactly one property is set.</summary>
public sealed record SrsMessage
{
    /// <summary>SRS to RWS, first on every connection.</summary>
    public DeviceHello? Hello { get; init; }

    /// <summary>RWS to SRS.</summary>
    public DesiredState? Desired { get; init; }

    /// <summary>SRS to RWS, after each change and after each reconnect.</summary>
    public ActualState? Actual { get; init; }

    /// <summary>Both ways: SRS asks with its send time, RWS adds its receive and send time.</summary>
    public ClockExchange? Clock { get; init; }

    /// <summary>SRS to RWS, once a minute.</summary>
    public DeviceHealth? Health { get; init; }
}
