namespace Tandem.Sip.Msml;

/// <summary><c>&lt;record&gt;</c>: the recorded DN is channel 1, everything else of the conference channel 2.</summary>
public sealed record MsmlRecord(string Dn)
{
    /// <summary>CallUUID of the call, 32 characters, or null.</summary>
    public string? CallUuid { get; init; }

    /// <summary>ConnID of the call, 16 hex digits, or null.</summary>
    public string? ConnId { get; init; }

    /// <summary>Calling number, or null.</summary>
    public string? Ani { get; init; }

    /// <summary>Called number, or null.</summary>
    public string? Dnis { get; init; }

    /// <summary>What goes first where disk space is short: 0 (first to stop) to 9.</summary>
    public int Priority { get; init; } = 5;

    /// <summary>Whether each party gets a file of its own besides.</summary>
    public bool Stems { get; init; }

    /// <summary>SIP URI of another recorder that is fed in parallel by SIPREC (RFC 7866), or null.</summary>
    public string? Siprec { get; init; }

    /// <summary>Whether the parties hear a beep now and then.</summary>
    public bool Beep { get; init; }
}
