using System.Net;
using System.Net.Sockets;
using Tandem.Sip.Parsing;

namespace Tandem.Sip.Transport;

/// <summary>One bound datagram socket.</summary>
internal sealed class UdpListener(SipEndpoint endpoint, Socket socket) : IDisposable
{
    private const int MaxSources = 4096;

    private readonly SipEndpoint _endpoint = endpoint;
    private readonly Socket _socket = socket;

    // Peers send many messages: who one is, is made out once. Used by the receiving loop only.
    private readonly Dictionary<SocketAddress, SipSource> _sources = [];

    public IPEndPoint LocalEndPoint { get; } = (IPEndPoint)socket.LocalEndPoint!;

    /// <summary>A thread of its own that waits in the system call costs less than the way of an asynchronous receive through
    /// poll, queue and pool, a message at a time.</summary>
    public void Start() => new Thread(Receive) { IsBackground = true, Name = $"SIP {LocalEndPoint}" }.Start();

    /// <summary>Sends at once.</summary>
    /// <exception cref="SocketException">Unreachable or too large.</exception>
    public void Send(ReadOnlySpan<byte> bytes, IPEndPoint to) => _socket.SendTo(bytes, SocketFlags.None, to);

    public void Dispose() => _socket.Dispose();

    private void Receive()
    {
        var buffer = GC.AllocateUninitializedArray<byte>(65_535, pinned: true);
        var from = new SocketAddress(LocalEndPoint.AddressFamily);
        while (true)
        {
            try
            {
                var length = _socket.ReceiveFrom(buffer, SocketFlags.None, from);
                Take(buffer.AsSpan(0, length), SourceOf(from));
            }
            catch (ObjectDisposedException)
            {
                return;
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.OperationAborted or SocketError.Interrupted)
            {
                return;
            }
            catch (SocketException)
            {
                // An ICMP error of an earlier datagram, or one larger than the buffer: the socket itself is well.
            }
        }
    }

    private SipSource SourceOf(SocketAddress from)
    {
        if (_sources.TryGetValue(from, out var known)) return known;
        if (_sources.Count >= MaxSources) _sources.Clear();
        var address = new SocketAddress(from.Family, from.Size);
        from.Buffer[..from.Size].CopyTo(address.Buffer);
        return _sources[address] = new SipSource(SipTransport.Udp, (IPEndPoint)LocalEndPoint.Create(from), LocalEndPoint);
    }

    private void Take(ReadOnlySpan<byte> datagram, SipSource source)
    {
        if (datagram.Length > _endpoint.Options.MaxMessageBytes)
        {
            _endpoint.Observer?.Malformed("datagram too large", source);
            return;
        }
        // No SIP message begins with a zero byte: STUN does.
        if (datagram.Length > 0 && datagram[0] == 0 && StunKeepAlive.Answer(datagram, source.Remote) is { } answer)
        {
            Pong(answer, source);
            return;
        }
        var result = SipParser.ParseDatagram(datagram.ToArray());
        if (result.Verdict == SipVerdict.Complete) _endpoint.Take(result.Message!, source);
        else if (result.Verdict == SipVerdict.Malformed) _endpoint.Refuse(result, source);
        else if (datagram.Length >= 4) Pong("\r\n"u8, source);
    }

    private void Pong(ReadOnlySpan<byte> answer, SipSource source)
    {
        try
        {
            Send(answer, source.Remote);
        }
        catch (SocketException)
        {
            // A keep-alive needs no second try: the peer sends the next.
        }
    }
}
