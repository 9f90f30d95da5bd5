using System.Net;

namespace Tandem.Sip.Transport;

/// <summary>Where a request goes: transport, address and, for TLS, the name its certificate must bear.</summary>
public sealed record SipDestination(SipTransport Transport, IPEndPoint Address)
{
    /// <summary>Name expected in the peer's certificate; null: the address in text.</summary>
    public string? ServerName { get; init; }

    public override string ToString() => Transport + " " + Address;
}
