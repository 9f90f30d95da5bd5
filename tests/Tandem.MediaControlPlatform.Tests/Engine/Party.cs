using Tandem.Media.Codecs;
using Tandem.Media.Net;
using Tandem.Media.Rtp;
using Tandem.Media.Signals;
using Tandem.MediaControlPlatform.Engine;

namespace Tandem.MediaControlPlatform.Tests.Engine;

/// <summary>A phone in virtual time: says its marked tone, 20 ms a packet, into a leg; keeps what it hears.</summary>
internal sealed class Party
{
    private readonly ToneGenerator _tone;
    private readonly AudioEncoder _encoder;
    private readonly short[] _pcm;
    private readonly byte[] _datagram = new byte[2048];
    private readonly MediaAddress _source;
    private readonly uint _firstTimestamp;
    private int _number;

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

    public AudioCodec Codec { get; }

    public uint Ssrc { get; set; }

    public bool IsMute { get; set; }

    /// <summary>Says the next 20 ms, spoken at <paramref name="spokenUs"/>, or withholds them.</summary>
    public byte[]? Speak(long spokenUs)
    {
        var number = _number++;
        if (IsMute)
            return null;
        _tone.FillMarked(_pcm, (long)number * _pcm.Length, spokenUs);
        var bytes = _encoder.Encode(_pcm, _datagram.AsSpan(RtpPacket.HeaderBytes));
        var timestamp = _firstTimestamp + (uint)(number * (Codec.ClockRate / 50));
        RtpPacket.WriteHeader(_datagram, Codec.PayloadType, false, (ushort)number, timestamp, Ssrc);
        return _datagram[..(RtpPacket.HeaderBytes + bytes)];
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
