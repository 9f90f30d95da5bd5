using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Tandem.Sip.Transport;

/// <summary>What a <see cref="SipEndpoint"/> binds and how it presents itself.</summary>
public sealed record SipEndpointOptions
{
    /// <summary>Addresses for UDP and TCP both (as RFC 3261 §18.2.1 asks); port 0 picks a free one, the same for both.</summary>
    public required IReadOnlyList<IPEndPoint> Listen { get; init; }

    /// <summary>False: UDP only. Default true.</summary>
    public bool Tcp { get; init; } = true;

    /// <summary>Addresses for TLS; needs <see cref="Certificate"/>.</summary>
    public IReadOnlyList<IPEndPoint> ListenTls { get; init; } = [];

    /// <summary>Certificate with private key for TLS listeners.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Trusted roots for outgoing TLS; null: the system's.</summary>
    public X509Certificate2Collection? TrustedRoots { get; init; }

    /// <summary>What Via and Contact say for listeners of its family; null: the bound address, or for a wildcard the one the system would send from.</summary>
    public IPAddress? Advertise { get; init; }

    /// <summary>Largest message taken, bytes. 1024..65535 for UDP, also the cap on streams. Default 65,535.</summary>
    public int MaxMessageBytes { get; init; } = 65_535;

    /// <summary>Server transactions in being above which new requests outside dialogs get 503 with Retry-After. Default 20,000.</summary>
    public int MaxServerTransactions { get; init; } = 20_000;

    /// <summary>Stream connections above which new ones are closed. Default 10,000.</summary>
    public int MaxConnections { get; init; } = 10_000;

    /// <summary>Idle time after which a stream connection is closed. Default 15 minutes.</summary>
    public TimeSpan ConnectionIdleLimit { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Name servers asked for NAPTR and SRV records; null: those of the system.</summary>
    public IReadOnlyList<IPEndPoint>? NameServers { get; init; }

    /// <summary>Transaction timers; the defaults are those of RFC 3261.</summary>
    public Transactions.SipTimers Timers { get; init; } = new();
}
