using System.Net;

namespace Tandem.Sip.Transport;

/// <summary>A bound listener; <see cref="Address"/> holds the actual port also when 0 was asked for.</summary>
public sealed record SipListener(SipTransport Transport, IPEndPoint Address);
