using System.Net;
using System.Net.Sockets;
using Tandem.Sip.Headers;
using Tandem.Sip.Messages;
using Tandem.Sip.Resolution;

namespace Tandem.Sip.Transport;

/// <summary>
/// Where a request goes (RFC 3261 §8.1.2, RFC 3263 §4): a literal address; a name with a port by its addresses; a name with a transport by SRV; a
/// name alone by NAPTR, then SRV; and by its addresses when it has neither.
/// </summary>
internal sealed class SipLocator(DnsLookup dns)
{
    /// <summary>Lookups block threads and may take seconds each: peers that name hosts nobody knows must not pile them up.</summary>
    private const int MaxLookups = 64;

    private int _lookups;

    /// <summary>The destination when no name has to be looked up; else null.</summary>
    public static SipDestination? TryLocate(SipRequest request)
    {
        var next = NextHop(request);
        if (!next.IsSip) return null;
        var address = IPAddress.TryParse(next.Parameters["maddr"], out var maddr) ? maddr : next.HostAddress;
        return address is null ? null : At(next, address, next.Port, TransportOf(next));
    }

    /// <summary>Looks the name up; the destinations in the order to try them, empty when there are none, when the URI is not a SIP one, or
    /// when too many names are being looked up.</summary>
    public async Task<IReadOnlyList<SipDestination>> LocateAsync(SipRequest request)
    {
        try
        {
            return Interlocked.Increment(ref _lookups) > MaxLookups ? [] : await FindAsync(request);
        }
        finally
        {
            Interlocked.Decrement(ref _lookups);
        }
    }

    private async Task<IReadOnlyList<SipDestination>> FindAsync(SipRequest request)
    {
        var next = NextHop(request);
        if (!next.IsSip) return [];
        if (next.Port is null)
        {
            var found = new List<SipDestination>();
            foreach (var (service, transport) in await ServicesAsync(next))
            {
                foreach (var record in await dns.FindServersAsync(service))
                {
                    foreach (var address in await AddressesAsync(record.Target)) found.Add(At(next, address, record.Port, transport));
                }
            }
            if (found.Count > 0) return found;
        }
        return [.. (await AddressesAsync(next.Host)).Select(address => At(next, address, next.Port, TransportOf(next)))];
    }

    /// <summary>The SRV names to ask for, in order (§4.1): of the transport that the URI demands; else as NAPTR says; else of every one we speak.</summary>
    private async Task<IReadOnlyList<(string Service, SipTransport Transport)>> ServicesAsync(SipUri uri)
    {
        var secure = uri.Scheme == "sips";
        if (uri.Transport is not null) return [Usual(uri, TransportOf(uri))];
        var offered = (await dns.FindServicesAsync(uri.Host))
            .Where(record => record.Flags.Equals("s", StringComparison.OrdinalIgnoreCase))
            .Select(record => (record.Replacement, Transport: TransportOf(record.Services)))
            .Where(one => one.Transport is { } transport && (!secure || transport is SipTransport.Tls))
            .Select(one => (one.Replacement, one.Transport!.Value))
            .ToArray();
        if (offered.Length > 0) return offered;
        return secure ? [Usual(uri, SipTransport.Tls)] : [Usual(uri, SipTransport.Udp), Usual(uri, SipTransport.Tcp)];
    }

    private static (string Service, SipTransport Transport) Usual(SipUri uri, SipTransport transport) => transport switch
    {
        SipTransport.Tls => ("_sips._tcp." + uri.Host, transport),
        SipTransport.Tcp => ("_sip._tcp." + uri.Host, transport),
        _ => ("_sip._udp." + uri.Host, transport),
    };

    private static SipTransport? TransportOf(string services) => services.ToUpperInvariant() switch
    {
        "SIP+D2U" => SipTransport.Udp,
        "SIP+D2T" => SipTransport.Tcp,
        "SIPS+D2T" => SipTransport.Tls,
        _ => null,
    };

    /// <summary>IPv4 first: it is what most telephone equipment has.</summary>
    private static async Task<IEnumerable<IPAddress>> AddressesAsync(string host)
    {
        try
        {
            return (await Dns.GetHostAddressesAsync(host)).OrderBy(a => a.AddressFamily == AddressFamily.InterNetwork ? 0 : 1);
        }
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            // No such name, or one that cannot be a name: the sender gets a local 503.
            return [];
        }
    }

    private static SipUri NextHop(SipRequest request) =>
        request.Headers.FirstElement(HeaderNames.Route) is { } route && NameAddress.TryParse(route, out var first) && first.Uri.IsLooseRouter
            ? first.Uri
            : request.RequestUri;

    private static SipDestination At(SipUri uri, IPAddress address, int? port, SipTransport transport) =>
        new(transport, new IPEndPoint(address, port ?? (transport == SipTransport.Tls ? 5061 : 5060))) { ServerName = uri.Host };

    private static SipTransport TransportOf(SipUri uri)
    {
        if (uri.Scheme == "sips") return SipTransport.Tls;
        return uri.Transport switch
        {
            "tcp" => SipTransport.Tcp,
            "tls" => SipTransport.Tls,
            _ => SipTransport.Udp,
        };
    }
}
