using System.Net;
using System.Net.Sockets;
using System.Text;
using Tandem.Sip.Messages;
using Tandem.Sip.Parsing;

namespace Tandem.SipServer.Tests.Live;

/// <summary>A socket that says what no phone would.</summary>
internal sealed class RawSender : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly IPEndPoint _server;

    public RawSender(int sipPort)
    {
        _server = new IPEndPoint(IPAddress.Loopback, sipPort);
        _socket.ReceiveBufferSize = 1 << 20;
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
    }

    public int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    public void Send(byte[] bytes) => _socket.SendTo(bytes, _server);

    /// <summary>Ends by BYE whatever call of ours is answered, until the socket is closed.</summary>
    public async Task HangUpAsync()
    {
        var buffer = new byte[65_535];
        try
        {
            for (var number = 0; ; number++)
            {
                var length = await _socket.ReceiveAsync(buffer);
                if (SipParser.ParseDatagram(buffer.AsSpan(0, length).ToArray()).Message is not SipResponse { IsSuccess: true } answer
                    || answer.CSeq.Method != SipMethods.Invite) continue;
                Send(Encoding.Latin1.GetBytes(
                    $"BYE sip:tandem@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:{Port};branch=z9hG4bKbye{number};rport\r\n"
                    + $"From: {answer.Headers["From"]}\r\nTo: {answer.Headers["To"]}\r\nCall-ID: {answer.CallId}\r\n"
                    + $"CSeq: {answer.CSeq.Number + 1} BYE\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n"));
            }
        }
        catch (Exception over) when (over is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    /// <summary>Sends a request and waits for its final response.</summary>
    public async Task<SipResponse> AskAsync(string text)
    {
        var bytes = Encoding.Latin1.GetBytes(text);
        var callId = SipParser.ParseDatagram(bytes).Message!.CallId;
        Send(bytes);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var buffer = new byte[65_535];
        while (true)
        {
            var length = await _socket.ReceiveAsync(buffer, limit.Token);
            if (SipParser.ParseDatagram(buffer.AsSpan(0, length).ToArray()).Message is SipResponse { IsFinal: true } response
                && response.CallId == callId) return response;
        }
    }

    /// <summary>A whole request; <paramref name="more"/> are further header lines, each with its line end.</summary>
    public string Request(string method, string user, int number, string more = "") =>
        $"{method} sip:{user}@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:{Port};branch=z9hG4bK{number};rport\r\n"
        + $"From: <sip:{user}@127.0.0.1>;tag=f{number}\r\nTo: <sip:{user}@127.0.0.1>\r\nCall-ID: c{number}@scan\r\nCSeq: 1 {method}\r\n"
        + $"Contact: <sip:{user}@127.0.0.1:{Port}>\r\nMax-Forwards: 70\r\n{more}Content-Length: 0\r\n\r\n";

    public void Dispose() => _socket.Dispose();
}
