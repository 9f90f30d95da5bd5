using System.Net;
using System.Net.Sockets;
using Tandem.Media.Codecs;
using Tandem.Media.Rtp;
using Tandem.Media.Signals;

namespace Tandem.MediaControlPlatform.Tests.Control;

/// <summary>Real RTP of one party: says a marked tone in A-law from its own thread and keeps what it hears.</summary>
internal sealed class LegPhone : IDisposable
{
    private const int DigitType = 101;
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly ToneGenerator _tone;
    private readonly Thread _thread;
    private readonly byte[] _datagram = new byte[172];
    private readonly short[] _pcm = new short[160];
    private volatile bool _over;
    private int _number;
    private IPEndPoint? _remote;

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

    public int DigitsHeard { get; private set; }

    public string Sdp(string direction = "sendrecv") =>
        $"v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio {Port} RTP/AVP 8 0 {DigitType}\r\n"
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
        G711.Encode(G711Law.A, _pcm, _datagram.AsSpan(12));
        RtpPacket.WriteHeader(_datagram, 8, false, (ushort)_number, (uint)_number * 160, 77);
        if (PressKey)
        {
            PressKey = false;
            RtpPacket.WriteHeader(_datagram, DigitType, true, (ushort)_number, (uint)_number * 160, 77);
            TelephoneEvent.FromDigit('5', true, 160).Write(_datagram.AsSpan(12));
            _socket.SendTo(_datagram.AsSpan(0, 16), _remote!);
        }
        else
        {
            _socket.SendTo(_datagram, _remote!);
        }
        _number++;
    }

    private void Hear(ReadOnlySpan<byte> datagram)
    {
        if (!RtpPacket.TryParse(datagram, out var packet))
            return;
        if (packet.PayloadType == DigitType)
            DigitsHeard++;
        if (packet.PayloadType != 8)
            return;
        foreach (var code in packet.Payload)
            Heard.Add(G711.Decode(G711Law.A, code));
    }

    private static long UtcUs(TimeProvider time) =>
        (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
