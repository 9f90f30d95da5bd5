using System.Net;

namespace Tandem.Sip.Transport;

/// <summary>Where a message came from. A later request to the same <see cref="Remote"/> reuses the same connection (RFC 5626).</summary>
public sealed record SipSource(SipTransport Transport, IPEndPoint Remote, IPEndPoint Local)
{
    /// <summary>The connection for stream transports; null for UDP.</summary>
    internal StreamConnection? Connection { get; init; }

    /// <summary>The way back to the sender.</summary>
    public SipDestination ToDestination() => new(Transport, Remote);
}
