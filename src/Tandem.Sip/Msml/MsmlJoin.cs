namespace Tandem.Sip.Msml;

/// <summary><c>&lt;join id1="conn:X" id2="conf:Y"/&gt;</c> (RFC 5707 §7.4.1).</summary>
public sealed record MsmlJoin(string Id1, string Id2) : MsmlRequest;
