using System.Net;
using System.Net.Sockets;

namespace Tandem.Sip.Tests;

/// <summary>
/// Two loopback addresses between two peers that lose and double datagrams, from a seed. The caller is told <see cref="TowardsCallee"/>, the callee
/// <see cref="TowardsCaller"/>.
/// </summary>
internal sealed class LossyWire : IDisposable
{
    private readonly Socket _a = Bound();
    private readonly Socket _b = Bound();
    private readonly Random _random;
    private readonly double _loss;

    public LossyWire(IPEndPoint caller, IPEndPoint callee, double loss, int seed)
    {
        _loss = loss;
        _random = new Random(seed);
        _ = PumpAsync(_b, _a, callee);
        _ = PumpAsync(_a, _b, caller);
    }

    public IPEndPoint TowardsCallee => (IPEndPoint)_b.LocalEndPoint!;

    public IPEndPoint TowardsCaller => (IPEndPoint)_a.LocalEndPoint!;

    public int Lost { get; private set; }

    public void Dispose()
    {
        _a.Dispose();
        _b.Dispose();
    }

    private static Socket Bound()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }

    private async Task PumpAsync(Socket from, Socket through, IPEndPoint to)
    {
        var buffer = new byte[65_535];
        while (true)
        {
            try
            {
                var received = await from.ReceiveFromAsync(buffer, SocketFlags.None, new IPEndPoint(IPAddress.Any, 0));
                double dice;
                lock (_random) dice = _random.NextDouble();
                if (dice < _loss)
                {
                    Lost++;
                    continue;
                }
                await through.SendToAsync(buffer.AsMemory(0, received.ReceivedBytes), to);
                if (dice > 0.9) await through.SendToAsync(buffer.AsMemory(0, received.ReceivedBytes), to);
            }
            catch (Exception e) when (e is ObjectDisposedException or SocketException)
            {
                return;
            }
        }
    }
}
