using System.Net;
using System.Net.Sockets;
using Tandem.Sip.Headers;
using Tandem.Sip.Messages;

namespace Tandem.Sip.Transport;

/// <summary>Where a request goes (RFC 3261 §8.1.2, RFC 3263 subset: literal address, explicit port, host address).</summary>
internal static class SipLocator
{
    /// <summary>The destination when no name has to be looked up; else null.</summary>
    public static SipDestination? TryLocate(SipRequest request)
    {
        var next = NextHop(request);
        if (!next.IsSip) return null;
        var address = IPAddress.TryParse(next.Parameters["maddr"], out var maddr) ? maddr : next.HostAddress;
        return address is null ? null : At(next, address);
    }

    /// <summary>Looks up the host name; null when it has no address or the URI is not a SIP one.</summary>
    public static async Task<SipDestination?> LocateAsync(SipRequest request)
    {
        var next = NextHop(request);
        if (!next.IsSip) return null;
        try
        {
            var addresses = await Dns.GetHostAddressesAsync(next.Host);
            var first = addresses.FirstOrDefault(a => a.AddressFamily == AddressFamily.InterNetwork) ?? addresses.FirstOrDefault();
            return first is null ? null : At(next, first);
        }
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            // No such name, or one that cannot be a name: the sender gets a local 503.
            return null;
        }
    }

    private static SipUri NextHop(SipRequest request) =>
        request.Headers.FirstElement(HeaderNames.Route) is { } route && NameAddress.TryParse(route, out var first) && first.Uri.IsLooseRouter
            ? first.Uri
            : request.RequestUri;

    private static SipDestination At(SipUri uri, IPAddress address)
    {
        var transport = TransportOf(uri);
        var port = uri.Port ?? (transport == SipTransport.Tls ? 5061 : 5060);
        return new SipDestination(transport, new IPEndPoint(address, port)) { ServerName = uri.Host };
    }

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
