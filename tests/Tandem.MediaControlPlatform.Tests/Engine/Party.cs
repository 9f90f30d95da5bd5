using Tandem.Media.Codecs;
using Tandem.Media.Net;
using Tandem.Media.Rtp;
using Tandem.Media.Signals;
using Tandem.MediaControlPlatform.Engine;

namespace Tandem.MediaControlPlatform.Tests.Engine;

/// <summary>A phone in virtual time: says its marked tone, 20 ms a packet, into a leg; keeps what it hears.</summary>
internal sealed class Party
{
    private ToneGenerator _tone;
    private AudioEncoder _encoder;
    private short[] _pcm;
    private readonly byte[] _datagram = new byte[2048];
    private readonly MediaAddress _source;
    private readonly uint _firstTimestamp;
    private int _number;
    private int _sequence;
    private uint _timestamp;
    private int _bytes;

    public Party(string dn, double frequencyHz, AudioCodec codec, long nowUs)
    {
        Codec = codec;
        _tone = new ToneGenerator(frequencyHz, codec.SampleRate);
        _encoder = codec.CreateEncoder();
        _pcm = new short[codec.SampleRate / 50];
        _source = new MediaAddress(0x7F000001, (ushort)(20_000 + (int)frequencyHz));
        _firstTimestamp = (uint)frequencyHz * 7919;
        Ssrc = (uint)frequencyHz;
        Port = new MemoryPort { Local = new MediaAddress(0x7F000001, 40_000) };
        Leg = new MediaLeg { Id = dn, Dn = dn, Rtp = Port, Rtcp = null };
        Leg.Apply(new LegMedia(codec, codec.PayloadType, 101, _source, true, true), nowUs);
    }

    public MediaLeg Leg { get; }

    public MemoryPort Port { get; }

    public AudioCodec Codec { get; private set; }

    public uint Ssrc { get; set; }

    public bool IsMute { get; set; }

    /// <summary>Its packets hold silence.</summary>
    public bool IsQuiet { get; set; }

    /// <summary>Says nothing because there is nothing to say (DTX): the numbers stand still, the timestamps go on.</summary>
    public bool IsResting { get; set; }

    /// <summary>Never pauses for breath: its tone has no marks.</summary>
    public bool IsBreathless { get; set; }

    /// <summary>Length of its packets, a multiple of 20.</summary>
    public int PacketMs { get; set; } = 20;

    /// <summary>Of the packet it would say next.</summary>
    public int NextNumber => _sequence;

    public uint NextTimestamp => _firstTimestamp + (uint)(_number * (Codec.ClockRate / 50));

    /// <summary>Speaks another codec of the same clock from now on.</summary>
    public void Change(AudioCodec codec)
    {
        Codec = codec;
        _encoder = codec.CreateEncoder();
        _tone = new ToneGenerator(_tone.FrequencyHz, codec.SampleRate);
        _pcm = new short[codec.SampleRate / 50];
    }

    /// <summary>Leaves a packet out.</summary>
    public void Skip() => (_number, _sequence) = (_number + 1, _sequence + 1);

    /// <summary>A packet of comfort noise (RFC 3389) now.</summary>
    public byte[] ComfortNoise()
    {
        var packet = new byte[RtpPacket.HeaderBytes + 1];
        RtpPacket.WriteHeader(packet, 13, false, (ushort)_sequence++, NextTimestamp, Ssrc);
        packet[^1] = 60;
        return packet;
    }

    /// <summary>Says the 20 ms that were spoken from <paramref name="spokenUs"/> on, or withholds them; a longer packet goes
    /// when its last part has sounded.</summary>
    public byte[]? Speak(long spokenUs)
    {
        if (_bytes == 0)
            _timestamp = NextTimestamp;
        var number = _number++;
        if (IsMute || IsResting)
        {
            // What the network loses has its number; what is not sent has none.
            (_sequence, _bytes) = (IsResting ? _sequence : _sequence + 1, 0);
            return null;
        }
        if (IsBreathless)
            _tone.Fill(_pcm, (long)number * _pcm.Length);
        else
            _tone.FillMarked(_pcm, (long)number * _pcm.Length, spokenUs);
        if (IsQuiet)
            _pcm.AsSpan().Clear();
        _bytes += _encoder.Encode(_pcm, _datagram.AsSpan(RtpPacket.HeaderBytes + _bytes));
        if ((number + 1) * 20 % PacketMs != 0)
            return null;
        RtpPacket.WriteHeader(_datagram, Codec.PayloadType, false, (ushort)_sequence++, _timestamp, Ssrc);
        var packet = _datagram[..(RtpPacket.HeaderBytes + _bytes)];
        _bytes = 0;
        return packet;
    }

    public void Deliver(byte[]? datagram, long arrivalUs)
    {
        if (datagram is not null)
            Leg.Receive(datagram, _source, arrivalUs);
    }

    /// <summary>What the party heard, packets put one after the other.</summary>
    public short[] Heard()
    {
        using var decoder = Codec.CreateDecoder();
        var pcm = new short[Codec.SampleRate / 5];
        var heard = new List<short>();
        foreach (var datagram in Port.Sent!)
        {
            Assert.True(RtpPacket.TryParse(datagram, out var packet));
            Assert.Equal(Codec.PayloadType, packet.PayloadType);
            heard.AddRange(pcm.AsSpan(0, decoder.Decode(packet.Payload, pcm)));
        }
        return [.. heard];
    }
}
