namespace Tandem.Sip.Msml;

/// <summary><c>&lt;unjoin id1="conn:X" id2="conf:Y"/&gt;</c> (RFC 5707 §7.4.3).</summary>
public sealed record MsmlUnjoin(string Id1, string Id2) : MsmlRequest;
