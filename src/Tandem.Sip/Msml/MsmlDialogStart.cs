namespace Tandem.Sip.Msml;

/// <summary>
/// <c>&lt;dialogstart target="conf:…|conn:…" name="…" type="application/moml+xml"&gt;</c> with a record, a play or a dtmf (RFC 5707 §7.3.1).
/// </summary>
/// <param name="Target">Conference or connection id.</param>
/// <param name="Name">Name of the dialog; for a recording the segment id. Null: the server makes one.</param>
public sealed record MsmlDialogStart(string Target, string? Name) : MsmlRequest
{
    /// <summary>What to record, or null.</summary>
    public MsmlRecord? Record { get; init; }

    /// <summary>What to play, or null.</summary>
    public MsmlPlay? Play { get; init; }

    /// <summary>What keys to collect, or null.</summary>
    public MsmlDtmf? Dtmf { get; init; }

    /// <summary>The id the dialog will have: <c>target/dialog:name</c>.</summary>
    public string DialogId => MsmlIds.Dialog(Target, Name ?? "");
}
