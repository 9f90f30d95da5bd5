using Tandem.Lab.Senses;
using Tandem.Media.Codecs;
using Tandem.Media.Rtp;

namespace Tandem.Lab.Phones;

/// <summary>What a simulated phone's loudspeaker played: every packet placed by its RTP timestamp from the arrival of
/// its source's first.</summary>
public sealed class HeardLine
{
    private readonly Lock _gate = new();
    private readonly List<short> _samples = [];
    private uint _ssrc;
    private long _anchorSample;
    private RtpTimestamp _timestamps;
    private long _firstTimestamp;

    /// <summary>UTC microseconds of the first sample; 0 while nothing was heard.</summary>
    public long StartUs { get; private set; }

    /// <summary>Packets of audio taken.</summary>
    public long Packets { get; private set; }

    internal void Take(in RtpPacket packet, G711Law law, long arrivalUs)
    {
        lock (_gate)
        {
            if (Packets++ == 0)
                StartUs = arrivalUs;
            if (_ssrc != packet.Ssrc || Packets == 1)
                Anchor(packet, arrivalUs);
            var at = _anchorSample + _timestamps.Unwrap(packet.Timestamp) - _firstTimestamp;
            // Beyond an hour ahead is a broken timestamp, not audio.
            if (at < 0 || at > _samples.Count + 3600L * G711.Rate)
                return;
            while (_samples.Count < at + packet.Payload.Length)
                _samples.Add(0);
            for (var i = 0; i < packet.Payload.Length; i++)
                _samples[(int)at + i] = G711.Decode(law, packet.Payload[i]);
        }
    }

    private void Anchor(in RtpPacket packet, long arrivalUs)
    {
        _ssrc = packet.Ssrc;
        _timestamps = default;
        _firstTimestamp = _timestamps.Unwrap(packet.Timestamp);
        _anchorSample = (arrivalUs - StartUs) * G711.Rate / 1_000_000;
    }

    /// <summary>A copy of all that was heard, one channel.</summary>
    public HeardAudio Listen()
    {
        lock (_gate)
            return new HeardAudio(G711.Rate, [[.. _samples]]);
    }
}
