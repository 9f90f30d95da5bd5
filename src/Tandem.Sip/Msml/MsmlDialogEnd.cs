namespace Tandem.Sip.Msml;

/// <summary><c>&lt;dialogend target="conf:X/dialog:Y"/&gt;</c>; the RFC's spelling <c>id</c> is read too (RFC 5707 §7.3.2).</summary>
public sealed record MsmlDialogEnd(string Target) : MsmlRequest;
