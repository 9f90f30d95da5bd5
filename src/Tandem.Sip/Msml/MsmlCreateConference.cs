namespace Tandem.Sip.Msml;

/// <summary><c>&lt;createconference name="…" deletewhen="nomedia|never"/&gt;</c> (RFC 5707 §7.2.1). What it says of mixing is not needed:
/// every conference mixes all its parties.</summary>
/// <param name="Name">Null: the server makes one.</param>
public sealed record MsmlCreateConference(string? Name) : MsmlRequest
{
    /// <summary>False: it stays until it is destroyed.</summary>
    public bool DeleteWhenNoMedia { get; init; } = true;
}
