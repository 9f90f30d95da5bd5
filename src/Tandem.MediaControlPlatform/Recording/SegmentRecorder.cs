using Tandem.Contracts.Media;
using Tandem.Media.Codecs;
using Tandem.Media.Placement;
using Tandem.MediaControlPlatform.Engine;
using Tandem.Sip.Msml;

namespace Tandem.MediaControlPlatform.Recording;

/// <summary>Cuts one segment out of the tracks of its conference: two channels by role, a record about every 0.8 s, taken
/// <see cref="LagUs"/> behind so that late packets still find their place. Lives on the engine's thread.</summary>
internal sealed class SegmentRecorder
{
    /// <summary>How long a packet may be late and still be recorded. With the record it is less than a second: what a
    /// killed process loses.</summary>
    public const long LagUs = 160_000;
    private const long RecordUs = 800_000;
    private const long LongestRecordUs = 1_000_000;
    private const long LeadUs = 20_000;

    private readonly List<Contribution> _contributions = [];
    private readonly ISegmentSink _sink;
    private readonly SegmentLedger _ledger;
    private readonly StemRecorder _stems;
    private PartFormat? _format;
    private long _partUs;
    private long _writtenUs;
    private long _stopUs = long.MaxValue;
    private EndReason? _reason;
    private bool _finished;
    private bool _suspended;

    /// <param name="nowUs">Call clock.</param>
    /// <param name="utcUs">The same moment, UTC microseconds.</param>
    public SegmentRecorder(RecordRequest request, ISegmentSink sink, long nowUs, long utcUs)
    {
        Request = request;
        _sink = sink;
        // The axis begins a frame before the request, with silence, so that a first record can be written at once.
        StartUs = (nowUs / 1000 * 1000) - LeadUs;
        _writtenUs = StartUs;
        _stems = new StemRecorder(sink, request.Stems);
        _ledger = new SegmentLedger(request, _stems, StartUs, utcUs - (nowUs - StartUs));
    }

    public RecordRequest Request { get; }

    /// <summary>The axis' zero on the call clock; a whole millisecond.</summary>
    public long StartUs { get; }

    /// <summary>Other recorders that get what this one gets.</summary>
    public List<SegmentFork> Forks { get; } = [];

    /// <summary>Told, on the engine's thread, when parties, pause or end have changed; null: nobody asks.</summary>
    public Action? StateChanged { get; set; }

    /// <summary>Who speaks on channel 2 now.</summary>
    public IEnumerable<string> OtherParties =>
        _contributions.Where(one => !one.Agent && one.ToUs == long.MaxValue).Select(one => one.Leg.Dn);

    public bool IsPaused => _ledger.IsPaused;

    /// <summary>The last pause on the call clock, open or over; empty before the first.</summary>
    public (long FromUs, long ToUs) LastPause => _ledger.LastPause;

    /// <summary>Not written for want of disk space.</summary>
    public bool IsSuspended => _suspended;

    public bool IsStopping => _stopUs != long.MaxValue;

    /// <summary>Opens the stream and writes its first record; call once, after the legs have joined.</summary>
    public void Begin()
    {
        Flush(StartUs + LeadUs);
        _sink.Tell(MsmlEvent.RecordStarted, null);
    }

    public void Join(MediaLeg leg, long nowUs)
    {
        // Who comes after the end is no party of this segment, though its last audio is still being written.
        if (IsStopping)
            return;
        var agent = leg.Dn == Request.Dn;
        if (!agent)
            _ledger.AddOther(leg);
        if (leg.Track is { } track)
            _contributions.Add(new Contribution(leg, track, agent, Math.Max(nowUs, StartUs + LeadUs)));
        _ledger.Anchor(leg);
        _ledger.Hold(leg, nowUs);
        _sink.Update(_ledger.Report(_writtenUs, EndReason.Truncated));
        StateChanged?.Invoke();
    }

    /// <param name="aside">The leg stands on, outside the conference: it is on hold.</param>
    public void Leave(MediaLeg leg, bool aside, long nowUs)
    {
        foreach (var contribution in _contributions)
        {
            if (ReferenceEquals(contribution.Leg, leg))
                contribution.ToUs = Math.Min(contribution.ToUs, nowUs);
        }
        if (!IsStopping)
            _ledger.Leave(leg, aside, nowUs);
        StateChanged?.Invoke();
    }

    /// <summary>The leg's codec or direction changed.</summary>
    public void Changed(MediaLeg leg, bool newTrack, long nowUs)
    {
        if (newTrack)
        {
            Leave(leg, false, nowUs);
            Join(leg, nowUs);
        }
        _ledger.Hold(leg, nowUs);
    }

    public void Anchored(MediaLeg leg) => _ledger.Anchor(leg);

    public void Gap(MediaLeg leg, long fromUs, long toUs)
    {
        if (toUs > StartUs)
            _ledger.Gap(Math.Max(fromUs, StartUs), toUs, $"loss {leg.Dn}");
    }

    public void Pause(long nowUs)
    {
        if (_ledger.Pause(nowUs))
            _sink.Update(_ledger.Report(_writtenUs, EndReason.Truncated));
        _sink.Tell(MsmlEvent.RecordPaused, null);
        StateChanged?.Invoke();
    }

    public void Resume(long nowUs)
    {
        if (_ledger.Resume(nowUs))
            _sink.Update(_ledger.Report(_writtenUs, EndReason.Truncated));
        _sink.Tell(MsmlEvent.RecordResumed, null);
        StateChanged?.Invoke();
    }

    /// <summary>Writes nothing more until <see cref="GoOn"/>: others need the disk more.</summary>
    public void Suspend()
    {
        if (_suspended || IsStopping)
            return;
        _suspended = true;
        _ledger.ClosePart(_writtenUs);
        _stems.Close(_writtenUs);
        _sink.Tell(MsmlEvent.RecordFailed, HeldMedia.DiskFull);
    }

    /// <summary>Goes on in a new part on the same axis; what was not written is a gap.</summary>
    public void GoOn(long nowUs)
    {
        if (!_suspended || IsStopping)
            return;
        var toUs = Math.Max(_writtenUs, (nowUs - LagUs) / 1000 * 1000);
        _ledger.Gap(_writtenUs, toUs, HeldMedia.DiskFull);
        (_suspended, _writtenUs, _format) = (false, toUs, null);
        Flush(toUs + LeadUs);
        _sink.Tell(IsPaused ? MsmlEvent.RecordPaused : MsmlEvent.RecordStarted, null);
    }

    /// <param name="reason">Null: judged at the end by whether the recorded DN is still there.</param>
    public void Stop(long nowUs, EndReason? reason)
    {
        if (IsStopping)
            return;
        _stopUs = Math.Max(_writtenUs, (nowUs + 999) / 1000 * 1000);
        _reason = reason;
        StateChanged?.Invoke();
    }

    /// <summary>Every 20 ms: what the parties said goes to the other recorders.</summary>
    public void Feed(long nowUs)
    {
        foreach (var fork in Forks)
            fork.Tick(_contributions, _ledger, nowUs);
    }

    /// <param name="drainedUs">Everything that arrived before this moment is on its track.</param>
    /// <param name="everyUs">How far apart the ticks are.</param>
    /// <returns>True when the segment is done and can be forgotten.</returns>
    public bool Tick(long drainedUs, long everyUs)
    {
        if (_finished)
            return true;
        var readyUs = (drainedUs - LagUs) / 1000 * 1000;
        if (_suspended)
            DropPast(readyUs);
        while (!_suspended && readyUs - _writtenUs >= RecordUs - (everyUs / 2) && _writtenUs < _stopUs)
        {
            if (!Flush(Math.Min(_stopUs, Math.Min(readyUs, _writtenUs + LongestRecordUs))))
                return false;
        }
        if (readyUs < _stopUs)
            return false;
        return Finish();
    }

    /// <summary>Ends now, with what there is: the process is stopping.</summary>
    public void End(long nowUs, EndReason reason)
    {
        foreach (var contribution in _contributions)
            contribution.Leg.Intake?.Take();
        Stop(nowUs, reason);
        if (!_finished)
            Finish();
    }

    private bool Finish()
    {
        while (!_suspended && _writtenUs < _stopUs)
        {
            if (!Flush(Math.Min(_stopUs, _writtenUs + LongestRecordUs)))
                return false;
        }
        if (_suspended && _writtenUs < _stopUs)
            _ledger.Gap(_writtenUs, _stopUs, HeldMedia.DiskFull);
        var stays = _contributions.Exists(one => one.Agent && one.ToUs == long.MaxValue);
        _ledger.ClosePart(_stopUs);
        _stems.Close(_stopUs);
        var reason = _reason ?? (stays ? EndReason.Stopped : EndReason.CallEnded);
        _ledger.Close(_stopUs);
        _sink.Finish(_ledger.Report(_stopUs, reason));
        _sink.Tell(MsmlEvent.RecordEnded, null);
        return _finished = true;
    }

    /// <summary>Writes one record up to that moment.</summary>
    /// <returns>False when the disk is behind; to be tried again, with silence where the tracks have moved on.</returns>
    private bool Flush(long toUs)
    {
        var format = Format();
        if (format != _format || _sink.IsBroken)
            OpenPart(format);
        var bytes = (int)((toUs - _writtenUs) / 1000 * format.Rate / 1000) * format.FrameBytes;
        var rented = RecordBuffers.Pool.Rent(bytes);
        Fill(rented.AsSpan(0, bytes), toUs, format);
        var offset = (_writtenUs - _partUs) / 1000 * format.Rate / 1000 * format.FrameBytes;
        if (!_sink.TryAppend(offset, rented, bytes, _ledger.UtcUs(_writtenUs), _writtenUs))
        {
            RecordBuffers.Pool.Return(rented);
            return false;
        }
        _stems.Flush(_contributions, _ledger, _writtenUs, toUs, format);
        _writtenUs = toUs;
        DropPast(toUs);
        return true;
    }

    // By hand: a lambda that takes toUs along would be allocated at every tick, used or not.
    private void DropPast(long toUs)
    {
        for (var i = _contributions.Count - 1; i >= 0; i--)
        {
            if (_contributions[i].ToUs <= toUs)
                _contributions.RemoveAt(i);
        }
    }

    private void Fill(Span<byte> record, long toUs, PartFormat format)
    {
        if (format.Law is { } law && !_ledger.IsPausedIn(_writtenUs, toUs)
            && CodeMix.TryTake(_contributions, _writtenUs, toUs, law, record))
            return;
        ChannelMix.Take(_contributions, _writtenUs, toUs, format.Rate, out var one, out var two);
        _ledger.Silence(one, two, _writtenUs, format.Rate);
        format.Write(one, two, record);
    }

    private void OpenPart(PartFormat format)
    {
        var part = _ledger.Open(format, _writtenUs);
        _format = format;
        _partUs = _writtenUs;
        _sink.Update(_ledger.Report(_writtenUs, EndReason.Truncated));
        _sink.Open(part, format, _ledger.UtcUs(_writtenUs));
    }

    /// <summary>16 kHz as soon as a wideband party is there; else the agent's law, and a law once chosen stays.</summary>
    private PartFormat Format()
    {
        G711Law? agents = null, others = null;
        foreach (var contribution in _contributions)
        {
            if (contribution.Leg.Media!.Codec.IsWide)
                return PartFormat.Wide;
            if (contribution.Agent)
                agents = contribution.Leg.Media.Codec.Law;
            else
                others = contribution.Leg.Media.Codec.Law;
        }
        if ((agents ?? (_format is null ? others : null)) is { } law)
            return law == G711Law.A ? PartFormat.ALaw : PartFormat.MuLaw;
        return _format ?? PartFormat.ALaw;
    }
}
