using Tandem.Contracts.Media;
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
    private readonly RecordWriter _writer;
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
        _stems = new StemRecorder(sink, request.Stems);
        _ledger = new SegmentLedger(request, _stems, StartUs, utcUs - (nowUs - StartUs));
        _writer = new RecordWriter(_contributions, _ledger, sink, _stems, StartUs);
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
        _writer.TryWrite(StartUs + LeadUs);
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
        _sink.Update(_ledger.Report(_writer.WrittenUs, EndReason.Truncated));
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
            _sink.Update(_ledger.Report(_writer.WrittenUs, EndReason.Truncated));
        _sink.Tell(MsmlEvent.RecordPaused, null);
        StateChanged?.Invoke();
    }

    public void Resume(long nowUs)
    {
        if (_ledger.Resume(nowUs))
            _sink.Update(_ledger.Report(_writer.WrittenUs, EndReason.Truncated));
        _sink.Tell(MsmlEvent.RecordResumed, null);
        StateChanged?.Invoke();
    }

    /// <summary>Writes nothing more until <see cref="GoOn"/>: others need the disk more.</summary>
    public void Suspend()
    {
        if (_suspended || IsStopping)
            return;
        _suspended = true;
        _ledger.ClosePart(_writer.WrittenUs);
        _stems.Close(_writer.WrittenUs);
        _sink.Tell(MsmlEvent.RecordFailed, HeldMedia.DiskFull);
    }

    /// <summary>Goes on in a new part on the same axis; what was not written is a gap.</summary>
    public void GoOn(long nowUs)
    {
        if (!_suspended || IsStopping)
            return;
        var toUs = Math.Max(_writer.WrittenUs, (nowUs - LagUs) / 1000 * 1000);
        _ledger.Gap(_writer.WrittenUs, toUs, HeldMedia.DiskFull);
        _suspended = false;
        _writer.GoOn(toUs);
        _writer.TryWrite(toUs + LeadUs);
        _sink.Tell(IsPaused ? MsmlEvent.RecordPaused : MsmlEvent.RecordStarted, null);
    }

    /// <param name="reason">Null: judged at the end by whether the recorded DN is still there.</param>
    public void Stop(long nowUs, EndReason? reason)
    {
        if (IsStopping)
            return;
        _stopUs = Math.Max(_writer.WrittenUs, (nowUs + 999) / 1000 * 1000);
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
            _writer.DropPast(readyUs);
        while (!_suspended && readyUs - _writer.WrittenUs >= RecordUs - (everyUs / 2) && _writer.WrittenUs < _stopUs)
        {
            if (!_writer.TryWrite(Math.Min(_stopUs, Math.Min(readyUs, _writer.WrittenUs + LongestRecordUs))))
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
        while (!_suspended && _writer.WrittenUs < _stopUs)
        {
            if (!_writer.TryWrite(Math.Min(_stopUs, _writer.WrittenUs + LongestRecordUs)))
                return false;
        }
        if (_suspended && _writer.WrittenUs < _stopUs)
            _ledger.Gap(_writer.WrittenUs, _stopUs, HeldMedia.DiskFull);
        var stays = _contributions.Exists(one => one.Agent && one.ToUs == long.MaxValue);
        _ledger.ClosePart(_stopUs);
        _stems.Close(_stopUs);
        var reason = _reason ?? (stays ? EndReason.Stopped : EndReason.CallEnded);
        _ledger.Close(_stopUs);
        _sink.Finish(_ledger.Report(_stopUs, reason));
        _sink.Tell(MsmlEvent.RecordEnded, null);
        return _finished = true;
    }
}
