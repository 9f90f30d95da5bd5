namespace Tandem.Sip.Msml;

/// <summary><c>&lt;dtmf fdt="10s" idt="4s"&gt;&lt;pattern digits="min=1;max=4;rtk=#"/&gt;&lt;/dtmf&gt;</c> (RFC 5707 §9.6): collects keys of a
/// connection and says them in <c>msml.dialog.exit</c>.</summary>
/// <param name="Maximum">Keys after which it is done, 1 or more.</param>
public sealed record MsmlDtmf(int Maximum)
{
    /// <summary>The key that ends it without counting, or null.</summary>
    public char? ReturnKey { get; init; }

    /// <summary>How long to wait for the first key, ms.</summary>
    public int FirstMs { get; init; } = 10_000;

    /// <summary>How long to wait for each further key, ms.</summary>
    public int NextMs { get; init; } = 4000;
}
