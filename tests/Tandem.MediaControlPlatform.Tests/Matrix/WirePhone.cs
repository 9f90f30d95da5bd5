using Tandem.Lab.Network;
using Tandem.Lab.Phones;
using Tandem.Media.Codecs;
using Tandem.Media.Net;
using Tandem.Media.Rtp;
using Tandem.MediaControlPlatform.Engine;

namespace Tandem.MediaControlPlatform.Tests.Matrix;

/// <summary>A phone in virtual time: says its party's tone and sweeps, each packet when its last sample has sounded, over a
/// network of its own.</summary>
internal sealed class WirePhone
{
    private const long PacketUs = 20_000;
    private const long WayUs = 400;
    private readonly VirtualWire _wire;
    private readonly ChirpSource _microphone;
    private readonly ImpairedLink _network;
    private readonly byte[] _datagram = new byte[RtpPacket.HeaderBytes + 160];
    private readonly short[] _pcm = new short[160];
    private readonly int _number;
    private readonly long _utcOffsetUs;
    private long _nextUs;
    private int _packets;

    /// <param name="number">Its place among the phones; they do not all speak at the same moment.</param>
    /// <param name="utcOffsetUs">UTC minus the wire's clock.</param>
    public WirePhone(string party, int number, VirtualWire wire, Impairment impairment, long utcOffsetUs)
    {
        (Party, _number, _wire, _utcOffsetUs) = (party, number, wire, utcOffsetUs);
        _microphone = new ChirpSource(party);
        _network = new ImpairedLink(impairment.For(number));
        Address = new MediaAddress(0x7F000001, (ushort)(40_000 + number));
        _nextUs = wire.ClockUs + (number * 7000) + PacketUs;
        wire.Add(this);
    }

    public string Party { get; }

    public MediaAddress Address { get; }

    public G711Law Law { get; set; } = G711Law.A;

    public bool IsTalking { get; set; } = true;

    /// <summary>Its leg at the engine; null before and after.</summary>
    public MediaLeg? Leg { get; set; }

    /// <summary>The conference that it is in; null: none, or put aside.</summary>
    public string? ConferenceId { get; set; }

    /// <summary>Packets of voice that it was sent.</summary>
    public int Heard { get; private set; }

    /// <summary>Says all that has sounded by now.</summary>
    public void Speak(long nowUs)
    {
        for (; _nextUs <= nowUs; _nextUs += PacketUs)
        {
            _packets++;
            if (Leg is { } leg && IsTalking)
                SayPacket(leg);
        }
    }

    public void Hear(ReadOnlySpan<byte> datagram)
    {
        if (RtpPacket.TryParse(datagram, out var packet) && packet.PayloadType is 0 or 8)
            Heard++;
    }

    private void SayPacket(MediaLeg leg)
    {
        _microphone.Fill(_nextUs - PacketUs + _utcOffsetUs, G711.Rate, _pcm);
        RtpPacket.WriteHeader(
            _datagram, Law == G711Law.A ? 8 : 0, false, (ushort)_packets, (uint)(_packets * 160), (uint)(4711 + _number));
        G711.Encode(Law, _pcm, _datagram.AsSpan(RtpPacket.HeaderBytes));
        _network.Pass(_datagram, _nextUs + WayUs, (copy, atUs) => _wire.Carry(Address, leg.Rtp.Local, copy, atUs));
    }
}
