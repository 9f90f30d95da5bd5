namespace Tandem.SipServer.Registrar;

/// <summary>One contact of a DN (RFC 3261 section 10), as the journal keeps it.</summary>
/// <param name="Contact">URI as the phone gave it.</param>
/// <param name="Source">Where the REGISTER came from, <c>udp:127.0.0.1:5062</c>: calls go back there.</param>
/// <param name="ExpiresUnixMs">0: unregistered.</param>
internal sealed record Binding(string Dn, string Contact, string CallId, long CSeq, string Source, long ExpiresUnixMs, double Q);
