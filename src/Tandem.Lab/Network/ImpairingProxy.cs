using System.Net;
using System.Net.Sockets;
using Tandem.Media.Net;

namespace Tandem.Lab.Network;

/// <summary>A UDP port between a phone and its peer, which impairs what passes, each direction by itself. What the phone sends
/// before it is aimed anywhere is lost.</summary>
public sealed class ImpairingProxy : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly PriorityQueue<(byte[] Datagram, IPEndPoint To), long> _underWay = new();
    private readonly IPEndPoint _phone;
    private readonly ImpairedLink _out;
    private readonly ImpairedLink _back;
    private readonly Thread _thread;
    private volatile IPEndPoint? _peer;
    private volatile bool _closed;

    /// <param name="phone">Where the phone sends from and hears.</param>
    public ImpairingProxy(Impairment impairment, IPEndPoint phone)
    {
        _phone = phone;
        // The skew is of the phone's clock.
        (_out, _back) = (new ImpairedLink(impairment), new ImpairedLink(impairment.For(1) with { SkewPpm = 0 }));
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _socket.Blocking = false;
        Local = (IPEndPoint)_socket.LocalEndPoint!;
        _thread = new Thread(Run) { IsBackground = true, Name = $"impairing {Local.Port}" };
        _thread.Start();
    }

    /// <summary>Where the phone is to send.</summary>
    public IPEndPoint Local { get; }

    /// <summary>From now on packets of the phone go there.</summary>
    public void Aim(IPEndPoint peer) => _peer = peer;

    private void Run()
    {
        var buffer = new byte[DatagramHub.DatagramBytes];
        while (!_closed)
        {
            var dueUs = _underWay.TryPeek(out _, out var next) ? next : long.MaxValue;
            var waitUs = Math.Clamp(dueUs - DatagramHub.NowUs, 0, 100_000);
            if (_socket.Poll((int)waitUs, SelectMode.SelectRead))
                Take(buffer);
            while (_underWay.TryPeek(out var first, out var atUs) && atUs <= DatagramHub.NowUs)
            {
                _underWay.Dequeue();
                Send(first.Datagram, first.To);
            }
        }
    }

    private void Take(byte[] buffer)
    {
        EndPoint from = new IPEndPoint(IPAddress.Any, 0);
        int bytes;
        try
        {
            bytes = _socket.ReceiveFrom(buffer, ref from);
        }
        catch (SocketException)
        {
            return; // the answer to an earlier packet that reached nobody
        }
        var isOut = from.Equals(_phone);
        if ((isOut ? _peer : _phone) is { } to)
            (isOut ? _out : _back).Pass(
                buffer.AsSpan(0, bytes), DatagramHub.NowUs, (copy, atUs) => _underWay.Enqueue((copy, to), atUs));
    }

    private void Send(byte[] datagram, IPEndPoint to)
    {
        try
        {
            _socket.SendTo(datagram, to);
        }
        catch (SocketException)
        {
            // The other end is gone already: a network would not notice either.
        }
    }

    public void Dispose()
    {
        if (_closed)
            return;
        _closed = true;
        _thread.Join();
        _socket.Dispose();
    }
}
