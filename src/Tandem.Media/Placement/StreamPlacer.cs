using Tandem.Media.Rtp;

namespace Tandem.Media.Placement;

/// <summary>Gives each packet of one party its place on the call clock by its RTP timestamp. The first packet of a source
/// sets the anchor by its arrival (a telephone sends a packet when its last sample has sounded); while the stream settles, a packet that was quicker moves the anchor (and what was
/// placed) earlier. Afterwards the anchor stands, but for skew, which is mended in silence only, and for a disagreement
/// of more than a second, which is a new stream.</summary>
/// <param name="track">Where the samples go.</param>
/// <param name="clockRate">RTP timestamp units per second.</param>
public sealed class StreamPlacer(CallTrack track, int clockRate)
{
    private const long SettleUs = 400_000;
    private const long WindowUs = 4_000_000;
    private const long LeftoverUs = 500_000;
    private readonly int _jump = track.Rate;
    private readonly int _skew = track.Rate * 5 / 1000;
    private RtpSequence _sequence;
    private RtpTimestamp _timestamp;
    private ulong _seen;
    private uint _ssrc;
    private long _anchor;
    private long _first;
    private long _settledUs;
    private long _windowEndUs;
    private long _windowLeast;
    private long _priorLeast;
    private bool _started;
    private int _restart = -1;
    private (uint Ssrc, RtpTimestamp Timestamp, long Anchor, long UntilUs) _before;

    /// <summary>Packets dropped because they had come before.</summary>
    public long Duplicates { get; private set; }

    /// <summary>How often the stream had to be placed anew: new source or a jump of its clock.</summary>
    public int Placements { get; private set; }

    /// <summary>Samples by which skew was mended so far, sum of absolute values.</summary>
    public long SkewMended { get; private set; }

    /// <summary>How many packets are missing right before the one placed last, as its sequence number tells.</summary>
    public int Skipped { get; private set; }

    /// <summary>True when the packet placed last came late, from the source before: it is in its place, but its stream is
    /// over.</summary>
    public bool IsLeftover { get; private set; }

    /// <summary>The source of the stream now.</summary>
    public uint Ssrc => _ssrc;

    /// <summary>True while a mend of skew waits for silence.</summary>
    public bool WaitsForSilence => Math.Abs(_priorLeast) >= _skew && _priorLeast != long.MaxValue;

    /// <summary>Finds the place of a packet.</summary>
    /// <param name="samples">How many samples of the track the packet holds.</param>
    /// <param name="arrivalUs">Call clock.</param>
    /// <param name="index">Number of the packet's first sample on the track.</param>
    /// <returns>False for a duplicate or a packet too old to tell.</returns>
    public bool TryPlace(in RtpPacket packet, int samples, long arrivalUs, out long index)
    {
        if (TryPlaceLeftover(packet, arrivalUs, out index))
            return true;
        if (!_started || packet.Ssrc != _ssrc)
        {
            _before = (_ssrc, _timestamp, _anchor, _started ? arrivalUs + LeftoverUs : 0);
            Begin(packet.Ssrc);
        }
        var highest = _sequence.Highest;
        var sequence = _sequence.Unwrap(packet.Sequence);
        Skipped = highest < 0 ? 0 : (int)Math.Max(0, sequence - highest - 1);
        if (!IsNew(highest, sequence) && !Restarts(packet, highest - sequence))
        {
            Duplicates++;
            return false;
        }
        var media = _timestamp.Unwrap(packet.Timestamp) * track.Rate / clockRate;
        var spoken = track.IndexOf(arrivalUs) - samples;
        var late = spoken - media - _anchor;
        if (_settledUs == 0 || Math.Abs(late) > _jump)
            Anchor(media, spoken, arrivalUs);
        else if (arrivalUs < _settledUs)
            Settle(late);
        else
            Watch(late, arrivalUs);
        index = _anchor + media;
        return true;
    }

    /// <summary>Notes the number of a packet that is no voice (a key, comfort noise): it shares the numbers of the stream, and
    /// without it the next voice would seem to follow a loss.</summary>
    public void Pass(in RtpPacket packet)
    {
        if (_started && packet.Ssrc == _ssrc)
            IsNew(_sequence.Highest, _sequence.Unwrap(packet.Sequence));
    }

    /// <summary>Mends skew; call it when the packet just placed is silent.</summary>
    public void MendInSilence()
    {
        if (!WaitsForSilence)
            return;
        _anchor += _priorLeast;
        SkewMended += Math.Abs(_priorLeast);
        _priorLeast = long.MaxValue;
        _windowLeast = long.MaxValue;
    }

    /// <summary>Where the network jitters, the first packet of a new source overtakes the last of the old.</summary>
    private bool TryPlaceLeftover(in RtpPacket packet, long arrivalUs, out long index)
    {
        index = 0;
        IsLeftover = packet.Ssrc != _ssrc && packet.Ssrc == _before.Ssrc && arrivalUs < _before.UntilUs;
        if (!IsLeftover)
            return false;
        Skipped = 0;
        index = _before.Anchor + (_before.Timestamp.Unwrap(packet.Timestamp) * track.Rate / clockRate);
        return true;
    }

    // RFC 3550 A.1: numbers far behind are a sender that began again once two of them follow each other.
    private bool Restarts(in RtpPacket packet, long age)
    {
        if (age < 64)
            return false;
        if (packet.Sequence != _restart)
        {
            _restart = (ushort)(packet.Sequence + 1);
            return false;
        }
        Begin(packet.Ssrc);
        IsNew(-1, _sequence.Unwrap(packet.Sequence));
        return true;
    }

    private void Begin(uint ssrc)
    {
        (_started, _ssrc, _settledUs, _seen, _restart) = (true, ssrc, 0, 0, -1);
        (_sequence, _timestamp) = (default, default);
    }

    private void Anchor(long media, long spoken, long arrivalUs)
    {
        _first = spoken;
        _anchor = _first - media;
        _settledUs = arrivalUs + SettleUs;
        _windowEndUs = _settledUs + WindowUs;
        (_windowLeast, _priorLeast) = (long.MaxValue, long.MaxValue);
        Placements++;
    }

    private void Settle(long late)
    {
        if (late >= 0)
            return;
        track.Shift(_first, -late);
        _anchor += late;
        _first += late;
    }

    private void Watch(long late, long arrivalUs)
    {
        _windowLeast = Math.Min(_windowLeast, late);
        if (arrivalUs < _windowEndUs)
            return;
        _priorLeast = _windowLeast;
        _windowLeast = long.MaxValue;
        _windowEndUs = arrivalUs + WindowUs;
    }

    // Bit n of the window stands for the number n below the highest.
    private bool IsNew(long highest, long sequence)
    {
        if (highest < 0 || sequence > highest)
        {
            var step = highest < 0 ? 64 : sequence - highest;
            _seen = (step >= 64 ? 0 : _seen << (int)step) | 1;
            return true;
        }
        var age = highest - sequence;
        if (age >= 64 || (_seen & (1UL << (int)age)) != 0)
            return false;
        _seen |= 1UL << (int)age;
        return true;
    }
}
