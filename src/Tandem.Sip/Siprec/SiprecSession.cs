namespace Tandem.Sip.Siprec;

/// <summary>A communication session. Times are as written (vendors leave out zones).</summary>
public sealed record SiprecSession(string Id)
{
    /// <summary>sipSessionID (RFC 7989) or what the vendor puts there, or null.</summary>
    public string? SipSessionId { get; init; }

    public string? StartTime { get; init; }

    public string? StopTime { get; init; }
}
