using System.Net;

namespace Tandem.Sip.Transport;

/// <summary>A SIP listener could not be bound.</summary>
public sealed class SipListenException(SipTransport transport, IPEndPoint address, Exception inner)
    : Exception($"SIP cannot listen on {transport.ToString().ToUpperInvariant()} {address}: {inner.Message}", inner);
