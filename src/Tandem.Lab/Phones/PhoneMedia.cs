using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Tandem.Lab.Machines;
using Tandem.Lab.Network;
using Tandem.Media.Codecs;
using Tandem.Media.Rtcp;
using Tandem.Media.Rtp;

namespace Tandem.Lab.Phones;

/// <summary>The audio end of one call of a simulated phone: sends 20 ms packets of G.711 as a telephone does (each when
/// its last sample has sounded, a sender report every two seconds) and keeps what it hears.</summary>
public sealed class PhoneMedia : IAsyncDisposable
{
    private const int PacketMs = 20;
    private const int PacketSamples = G711.Rate * PacketMs / 1000;

    private readonly IAudioSource _source;
    private readonly TimeProvider _time;
    private readonly ImpairingProxy? _proxy;
    private readonly Socket _rtp = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly Socket _rtcp = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly Thread _sender;
    private readonly Thread _receiver;
    private readonly uint _ssrc = BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(4));
    private readonly uint _firstTimestamp = BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(4));
    private volatile IPEndPoint? _remote;
    private volatile bool _sending;
    private volatile bool _closed;
    private G711Law _law;
    private uint _packets;

    public PhoneMedia(IAudioSource source, TimeProvider time, Impairment? impairment = null)
    {
        (_source, _time) = (source, time);
        Port = FreePorts.Next();
        _rtp.Bind(new IPEndPoint(IPAddress.Loopback, Port));
        _rtp.ReceiveTimeout = 200;
        _proxy = impairment is null ? null : new ImpairingProxy(impairment, new IPEndPoint(IPAddress.Loopback, Port));
        _rtcp.Bind(new IPEndPoint(IPAddress.Loopback, Port + 1));
        _sender = new Thread(Send) { IsBackground = true, Name = $"rtp out {Port}" };
        _receiver = new Thread(Receive) { IsBackground = true, Name = $"rtp in {Port}" };
        _sender.Start();
        _receiver.Start();
    }

    /// <summary>Even; RTCP is the next one.</summary>
    public int Port { get; }

    public HeardLine Heard { get; } = new();

    /// <summary>Where to send and in which law; <paramref name="sending"/> false while on hold.</summary>
    public void Direct(IPEndPoint remote, G711Law law, bool sending)
    {
        _law = law;
        _proxy?.Aim(remote);
        _remote = remote;
        _sending = sending;
    }

    private long NowUs => (_time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / 10;

    private void Send()
    {
        Span<short> samples = stackalloc short[PacketSamples];
        var startUs = NowUs;
        var talking = false;
        for (var number = 0L; !_closed; number++)
        {
            var firstSampleUs = startUs + number * PacketMs * 1000;
            var waitUs = firstSampleUs + PacketMs * 1000 - NowUs;
            if (waitUs > 0)
                Thread.Sleep(TimeSpan.FromMicroseconds(waitUs));
            if (!_sending || _remote is not { } remote)
            {
                talking = false;
                continue;
            }
            _source.Fill(firstSampleUs, G711.Rate, samples);
            var timestamp = _firstTimestamp + (uint)(number * PacketSamples);
            SendPacket(_proxy?.Local ?? remote, samples, (ushort)number, timestamp, marker: !talking);
            talking = true;
            if (_packets++ % (2000 / PacketMs) == 0)
                SendReport(remote, firstSampleUs, timestamp);
        }
    }

    private void SendPacket(IPEndPoint remote, ReadOnlySpan<short> samples, ushort sequence, uint timestamp, bool marker)
    {
        var datagram = new byte[RtpPacket.HeaderBytes + PacketSamples];
        RtpPacket.WriteHeader(datagram, _law == G711Law.A ? 8 : 0, marker, sequence, timestamp, _ssrc);
        G711.Encode(_law, samples, datagram.AsSpan(RtpPacket.HeaderBytes));
        TrySend(_rtp, datagram, remote);
    }

    private void SendReport(IPEndPoint remote, long firstSampleUs, uint timestamp)
    {
        var report = new byte[28];
        var info = new SenderInfo(SenderInfo.NtpFromUtcUs(firstSampleUs), timestamp, _packets, _packets * PacketSamples);
        RtcpPacket.WriteSenderReport(report, _ssrc, info, null);
        TrySend(_rtcp, report, new IPEndPoint(remote.Address, remote.Port + 1));
    }

    private static void TrySend(Socket socket, byte[] datagram, IPEndPoint remote)
    {
        try
        {
            socket.SendTo(datagram, remote);
        }
        catch (SocketException)
        {
            // The other end's port is closed already (the call is ending): a telephone would not notice either.
        }
    }

    private void Receive()
    {
        var datagram = new byte[2048];
        while (!_closed)
        {
            try
            {
                var bytes = _rtp.Receive(datagram);
                if (RtpPacket.TryParse(datagram.AsSpan(0, bytes), out var packet) && packet.PayloadType is 0 or 8)
                    Heard.Take(packet, packet.PayloadType == 8 ? G711Law.A : G711Law.Mu, NowUs);
            }
            catch (SocketException)
            {
                // Nothing came within the time-out, or our own packets were refused.
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_closed)
            return;
        _closed = true;
        await Task.Run(() =>
        {
            _sender.Join();
            _receiver.Join();
        });
        _proxy?.Dispose();
        _rtp.Dispose();
        _rtcp.Dispose();
    }
}
