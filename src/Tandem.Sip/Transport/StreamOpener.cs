using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Tandem.Sip.Transport;

/// <summary>Opens TCP and TLS streams.</summary>
internal static class StreamOpener
{
    private static readonly TimeSpan HandshakeLimit = TimeSpan.FromSeconds(10);

    public static async Task<Stream> ConnectAsync(SipDestination destination, SipEndpointOptions options, CancellationToken stop)
    {
        var socket = new Socket(destination.Address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
            limit.CancelAfter(HandshakeLimit);
            await socket.ConnectAsync(destination.Address, limit.Token);
            var stream = new NetworkStream(socket, ownsSocket: true);
            if (destination.Transport != SipTransport.Tls) return stream;
            var tls = new SslStream(stream);
            await tls.AuthenticateAsClientAsync(ClientOptions(destination, options), limit.Token);
            return tls;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public static async Task<Stream> AcceptAsync(SipTransport transport, Socket socket, SipEndpointOptions options, CancellationToken stop)
    {
        try
        {
            socket.NoDelay = true;
            var stream = new NetworkStream(socket, ownsSocket: true);
            if (transport != SipTransport.Tls) return stream;
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
            limit.CancelAfter(HandshakeLimit);
            var tls = new SslStream(stream);
            var server = new SslServerAuthenticationOptions
            {
                ServerCertificate = options.Certificate ?? throw new AuthenticationException("no TLS certificate configured"),
                EnabledSslProtocols = SslProtocols.None,
            };
            await tls.AuthenticateAsServerAsync(server, limit.Token);
            return tls;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static SslClientAuthenticationOptions ClientOptions(SipDestination destination, SipEndpointOptions options)
    {
        var client = new SslClientAuthenticationOptions { TargetHost = destination.ServerName ?? destination.Address.Address.ToString() };
        if (options.TrustedRoots is { } roots)
        {
            client.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            client.CertificateChainPolicy.CustomTrustStore.AddRange(roots);
        }
        return client;
    }
}
