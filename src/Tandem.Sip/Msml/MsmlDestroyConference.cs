namespace Tandem.Sip.Msml;

/// <summary><c>&lt;destroyconference id="conf:X"/&gt;</c> (RFC 5707 §7.2.3): its legs stand on, without a conference.</summary>
public sealed record MsmlDestroyConference(string Id) : MsmlRequest;
