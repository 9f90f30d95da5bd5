using System.Net;
using System.Net.Sockets;

namespace Tandem.Media.Net;

/// <summary>The same with the framework's sockets, looked at every 5 ms: for systems without epoll.</summary>
internal sealed class SocketDatagramHub : DatagramHub
{
    private const int RoundMs = 5;
    private const int Batch = 8;
    private readonly AutoResetEvent _wake = new(false);
    private readonly List<SocketDatagramPort> _ports = [];
    private readonly byte[] _buffer = new byte[DatagramBytes];

    public override DatagramPort Open(IPAddress address, int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { Blocking = false };
        try
        {
            socket.Bind(new IPEndPoint(address, port));
        }
        catch (SocketException failure)
        {
            socket.Dispose();
            throw new IOException($"UDP port {port} of {address}: {failure.Message}.", failure);
        }
        var local = (IPEndPoint)socket.LocalEndPoint!;
        var opened = new SocketDatagramPort(this, socket) { Local = MediaAddress.From(local.Address, local.Port) };
        _ports.Add(opened);
        return opened;
    }

    public override void Poll(int timeoutMs, IDatagramReceiver receiver)
    {
        var untilUs = NowUs + (timeoutMs * 1000L);
        while (!Drain(receiver) && NowUs < untilUs && !_wake.WaitOne(RoundMs))
        {
            // Looks again until something came, the time is over or somebody wakes us.
        }
    }

    public override void Wake()
    {
        try
        {
            _wake.Set();
        }
        catch (ObjectDisposedException)
        {
            // The hub is gone: nobody waits.
        }
    }

    public override void Dispose()
    {
        foreach (var port in _ports.ToList())
            port.Dispose();
        _wake.Dispose();
    }

    internal void Forget(SocketDatagramPort port) => _ports.Remove(port);

    private bool Drain(IDatagramReceiver receiver)
    {
        var nowUs = NowUs;
        var any = false;
        var full = false;
        for (var i = 0; i < _ports.Count; i++)
        {
            var port = _ports[i];
            var taken = 0;
            for (int bytes; taken < Batch && (bytes = port.Receive(_buffer, out var source)) >= 0; taken++)
                receiver.Receive(port, _buffer.AsSpan(0, bytes), source, NowUs);
            any |= taken > 0;
            full |= taken == Batch;
        }
        if (!full)
            DrainedToUs = nowUs;
        return any;
    }
}
