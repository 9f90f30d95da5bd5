namespace Tandem.Sip.Resolution;

/// <summary>One NAPTR record (RFC 3403 §4.1); its regular expression is not used by SIP (RFC 3263 §4.1).</summary>
/// <param name="Flags"><c>s</c>: <paramref name="Replacement"/> is looked up by SRV.</param>
/// <param name="Services"><c>SIP+D2U</c>, <c>SIP+D2T</c>, <c>SIPS+D2T</c>.</param>
internal readonly record struct NaptrRecord(int Order, int Preference, string Flags, string Services, string Replacement);
