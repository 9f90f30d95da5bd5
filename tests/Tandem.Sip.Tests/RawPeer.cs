using System.Net;
using System.Net.Sockets;
using System.Text;
using Tandem.Sip.Messages;
using Tandem.Sip.Parsing;
using Tandem.Sip.Transport;

namespace Tandem.Sip.Tests;

/// <summary>A UDP socket that sends text and reads messages.</summary>
internal sealed class RawPeer : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly IPEndPoint _to;

    public RawPeer(SipEndpoint endpoint)
    {
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _to = endpoint.Listeners.First(l => l.Transport == SipTransport.Udp).Address;
    }

    public IPEndPoint Address => (IPEndPoint)_socket.LocalEndPoint!;

    public void Send(string text) => _socket.SendTo(Encoding.Latin1.GetBytes(text), _to);

    public void Send(byte[] bytes) => _socket.SendTo(bytes, _to);

    public async Task<string> Text()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        var buffer = new byte[65_535];
        var received = await _socket.ReceiveFromAsync(buffer, SocketFlags.None, new IPEndPoint(IPAddress.Any, 0), limit.Token);
        return Encoding.Latin1.GetString(buffer, 0, received.ReceivedBytes);
    }

    public async Task<SipMessage> Message() => SipParser.ParseDatagram(Encoding.Latin1.GetBytes(await Text())).Message!;

    public async Task<SipRequest> Request() => Assert.IsType<SipRequest>(await Message());

    public async Task<SipResponse> Response() => Assert.IsType<SipResponse>(await Message());

    public void Dispose() => _socket.Dispose();
}
