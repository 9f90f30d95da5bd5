using System.Net;
using System.Net.Sockets;

namespace Tandem.Sip.Transport;

/// <summary>One listening stream socket.</summary>
internal sealed class StreamListener(SipEndpoint endpoint, SipTransport transport, Socket socket) : IDisposable
{
    private readonly SipEndpoint _endpoint = endpoint;
    private readonly Socket _socket = socket;

    public SipTransport Transport { get; } = transport;

    public IPEndPoint LocalEndPoint { get; } = (IPEndPoint)socket.LocalEndPoint!;

    public void Start() => _ = AcceptAsync();

    public void Dispose() => _socket.Dispose();

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                var accepted = await _socket.AcceptAsync();
                _endpoint.Pool.Accept(Transport, accepted);
            }
            catch (ObjectDisposedException)
            {
                return;
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.OperationAborted or SocketError.Interrupted)
            {
                return;
            }
            catch (SocketException e)
            {
                // Out of descriptors, or the peer went while queued. Wait a little so as not to spin.
                _endpoint.Observer?.Failed(e, "accepting a connection");
                await Task.Delay(TimeSpan.FromMilliseconds(50), _endpoint.Time, CancellationToken.None);
            }
        }
    }
}
