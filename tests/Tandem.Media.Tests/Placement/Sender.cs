using Tandem.Media.Codecs;
using Tandem.Media.Placement;
using Tandem.Media.Rtp;
using Tandem.Media.Signals;

namespace Tandem.Media.Tests.Placement;

/// <summary>A marked tone in A-law packets, placed in virtual time. The clock's zero is a whole UTC second.</summary>
internal sealed class Sender(CallTrack track, int packetMs = 20)
{
    private readonly ToneGenerator _tone = new(440, 8000);
    private readonly StreamPlacer _placer = new(track, 8000);
    private readonly short[] _pcm = new short[8 * packetMs];
    private readonly short[] _back = new short[8 * packetMs];

    public StreamPlacer Placer => _placer;

    /// <summary>Timestamp of packet 0.</summary>
    public uint FirstTimestamp { get; set; } = 0xFFFF_F000;

    /// <summary>Added to the packets' sequence numbers.</summary>
    public int FirstNumber { get; set; }

    public uint Ssrc { get; set; } = 7;

    /// <summary>Packet N, spoken at N · packet length by a clock that runs fast by so many millionths.</summary>
    public void Send(int number, long delayUs = 0, double fastPpm = 0)
    {
        var spokenUs = (long)(number * packetMs * 1000L * (1 - (fastPpm / 1e6)));
        _tone.FillMarked(_pcm, (long)number * _pcm.Length, spokenUs);
        var datagram = new byte[RtpPacket.HeaderBytes + _pcm.Length];
        RtpPacket.WriteHeader(
            datagram, 8, false, (ushort)(65_530 + FirstNumber + number), FirstTimestamp + (uint)(number * _pcm.Length), Ssrc);
        G711.Encode(G711Law.A, _pcm, datagram.AsSpan(RtpPacket.HeaderBytes));
        Assert.True(RtpPacket.TryParse(datagram, out var packet));
        var arrivalUs = spokenUs + (packetMs * 1000) + delayUs;
        track.Advance(arrivalUs);
        if (!_placer.TryPlace(packet, _pcm.Length, arrivalUs, out var index))
            return;
        G711.Decode(G711Law.A, packet.Payload, _back);
        track.Write(index, _back);
        if (_placer.WaitsForSilence && Spectrum.LevelDbfs(_back) < -50)
            _placer.MendInSilence();
    }
}
