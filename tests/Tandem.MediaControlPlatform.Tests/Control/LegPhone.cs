using System.Net;
using System.Net.Sockets;
using Tandem.Media.Codecs;
using Tandem.Media.Rtp;
using Tandem.Media.Signals;
using Tandem.Media.Srtp;

namespace Tandem.MediaControlPlatform.Tests.Control;

/// <summary>Real RTP of one party: says a marked tone in A-law from its own thread and keeps what it hears.</summary>
internal sealed class LegPhone : IDisposable
{
    private const int DigitType = 101;
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly ToneGenerator _tone;
    private readonly Thread _thread;
    private readonly byte[] _datagram = new byte[172 + SrtpSuite.GrowthBytes];
    private readonly short[] _pcm = new short[160];
    private volatile bool _over;
    private int _number;
    private int _heard;
    private IPEndPoint? _remote;
    private SrtpKey? _key;
    private SrtpSender? _sealing;
    private SrtpReceiver? _opening;

    public LegPhone(double frequencyHz)
    {
        _tone = new ToneGenerator(frequencyHz, 8000);
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _thread = new Thread(Run) { IsBackground = true };
    }

    public int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    /// <summary>Sends one digit among the voice.</summary>
    public bool PressKey { get; set; }

    public List<short> Heard { get; } = [];

    /// <summary>Samples heard, to be read from any thread.</summary>
    public int HeardCount => Volatile.Read(ref _heard);

    /// <summary>The last so many samples heard, or fewer.</summary>
    public short[] Last(int count)
    {
        lock (Heard)
            return [.. Heard.Skip(Math.Max(0, Heard.Count - count))];
    }

    /// <summary>Speaks SRTP; call it before <see cref="Sdp"/>.</summary>
    public void UseSrtp(SrtpSuite suite) => _sealing = new SrtpSender(_key = SrtpKey.Create(suite));

    /// <summary>The key under which the other side sends.</summary>
    public void Expect(SrtpKey key) => _opening = new SrtpReceiver(key);

    public int DigitsHeard { get; private set; }

    /// <summary>RTP/AVP or RTP/SAVP.</summary>
    public string Protocol => _key is null ? "RTP/AVP" : "RTP/SAVP";

    public string CryptoLine =>
        _key is { } key ? $"a=crypto:7 {key.Suite.Name} inline:{Convert.ToBase64String(key.KeyAndSalt.Span)}|2^31\r\n" : "";

    public string Sdp(string direction = "sendrecv") =>
        $"v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
        + $"m=audio {Port} {Protocol} 8 0 {DigitType}\r\n"
        + CryptoLine
        + $"a=rtpmap:{DigitType} telephone-event/8000\r\na={direction}\r\n";

    public void SpeakTo(IPEndPoint remote)
    {
        _remote = remote;
        _thread.Start();
    }

    public void Dispose()
    {
        _over = true;
        if (_thread.IsAlive)
            _thread.Join();
        _socket.Dispose();
        _sealing?.Dispose();
        _opening?.Dispose();
    }

    private void Run()
    {
        var time = TimeProvider.System;
        var beganUs = UtcUs(time);
        var buffer = new byte[2048];
        while (!_over)
        {
            var dueUs = beganUs + (_number * 20_000L);
            while (UtcUs(time) is var now && now < dueUs)
                Thread.Sleep(Math.Max(0, (int)((dueUs - now) / 1000)));
            Say(dueUs - 20_000);
            while (_socket.Available > 0)
                Hear(buffer.AsSpan(0, _socket.Receive(buffer)));
        }
    }

    private void Say(long spokenUs)
    {
        _tone.FillMarked(_pcm, _number * 160L, spokenUs);
        G711.Encode(G711Law.A, _pcm, _datagram.AsSpan(12, 160));
        RtpPacket.WriteHeader(_datagram, 8, false, (ushort)_number, (uint)_number * 160, 77);
        if (PressKey)
        {
            PressKey = false;
            RtpPacket.WriteHeader(_datagram, DigitType, true, (ushort)_number, (uint)_number * 160, 77);
            TelephoneEvent.FromDigit('5', true, 160).Write(_datagram.AsSpan(12));
            Send(16);
        }
        else
        {
            Send(172);
        }
        _number++;
    }

    private void Send(int bytes) =>
        _socket.SendTo(_datagram.AsSpan(0, _sealing?.Protect(_datagram, bytes) ?? bytes), _remote!);

    private void Hear(Span<byte> datagram)
    {
        if (_opening is { } opening)
        {
            if (!opening.TryUnprotect(datagram, out var bytes))
                return;
            datagram = datagram[..bytes];
        }
        if (!RtpPacket.TryParse(datagram, out var packet))
            return;
        if (packet.PayloadType == DigitType)
            DigitsHeard++;
        if (packet.PayloadType != 8)
            return;
        lock (Heard)
        {
            foreach (var code in packet.Payload)
                Heard.Add(G711.Decode(G711Law.A, code));
        }
        Volatile.Write(ref _heard, Heard.Count);
    }

    private static long UtcUs(TimeProvider time) =>
        (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
