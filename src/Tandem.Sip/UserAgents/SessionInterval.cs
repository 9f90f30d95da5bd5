namespace Tandem.Sip.UserAgents;

/// <summary>An agreed session interval (RFC 4028).</summary>
internal readonly record struct SessionInterval(int Seconds, bool WeRefresh);
