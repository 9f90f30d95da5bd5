namespace Tandem.Sip.Msml;

/// <summary><c>&lt;play uri="tone:ringback|busy|beep|music"/&gt;</c>.</summary>
public sealed record MsmlPlay(string Uri);
