using Tandem.Contracts.Cti;
using Tandem.Sip.Msml;

namespace Tandem.MediaControlPlatform.Cti;

/// <summary>The log of the SIPREC sessions as T-Library events, and who follows which DN. Thread-safe. The log lives as long
/// as the process: a new one has a new epoch, and what a client needs to know is in the snapshot.</summary>
internal sealed class CtiDesk(TimeProvider time)
{
    private const int Kept = 100_000;
    private readonly Lock _lock = new();
    private readonly long _epoch = time.GetUtcNow().ToUnixTimeMilliseconds();
    private readonly Queue<CtiEvent> _log = new();
    private readonly List<CtiCall> _calls = [];
    private readonly Dictionary<string, RecordingReport> _recordings = [];
    private readonly Dictionary<string, List<CtiFollower>> _followers = [];
    private long _number;

    public CtiPosition Newest
    {
        get
        {
            lock (_lock)
                return new CtiPosition("mcp", _epoch, _number);
        }
    }

    /// <summary>Whether a client follows this DN: then it is an agent's.</summary>
    public bool IsRegistered(string dn)
    {
        lock (_lock)
            return _followers.TryGetValue(dn, out var followers) && followers.Count > 0;
    }

    /// <summary>Follows a DN: first what was missed, then the state now, then what comes.</summary>
    public void Register(CtiFollower follower, string dn, long reference, CtiPosition? after)
    {
        lock (_lock)
        {
            if (after is not null && after.Source == "mcp" && after.Epoch == _epoch)
            {
                foreach (var missed in _log.Where(one => one.ThisDN == dn && one.Position!.Number > after.Number))
                    follower.Send([missed]);
            }
            if (!_followers.TryGetValue(dn, out var followers))
                _followers.Add(dn, followers = []);
            if (!followers.Contains(follower))
                followers.Add(follower);
            follower.Send([Answer(CtiEventNames.Registered, reference) with { ThisDN = dn, Snapshot = Snapshot(dn) }]);
        }
    }

    public void Unregister(CtiFollower follower, string? dn)
    {
        lock (_lock)
        {
            foreach (var (followed, followers) in _followers)
            {
                if (dn is null || dn == followed)
                    followers.Remove(follower);
            }
        }
    }

    public void Established(CtiCall call)
    {
        lock (_lock)
            _calls.Add(call);
        Publish(Of(call, CtiEventNames.Ringing));
        Publish(Of(call, CtiEventNames.Established));
    }

    public void Released(CtiCall call)
    {
        lock (_lock)
            _calls.Remove(call);
        Publish(Of(call, CtiEventNames.Released));
    }

    /// <param name="name">MSML event of the recorder.</param>
    public void Recording(CtiCall call, string name, string? cause)
    {
        var state = name switch
        {
            MsmlEvent.RecordStarted or MsmlEvent.RecordResumed => RecordingState.On,
            MsmlEvent.RecordPaused => RecordingState.Paused,
            MsmlEvent.RecordFailed => RecordingState.Failed,
            _ => RecordingState.Off,
        };
        var report = new RecordingReport(state, call.SegmentId);
        lock (_lock)
        {
            // The recorder's own end comes after the session's; one "off" is enough.
            if (state == RecordingState.Off ? !_recordings.Remove(call.SegmentId) : !IsChange(call, report))
                return;
        }
        Publish(Of(call, CtiEventNames.Recording) with { Recording = report, Reason = cause });
    }

    public CtiEvent Answer(string name, long reference) =>
        new() { Name = name, Time = time.GetUtcNow(), ReferenceID = reference };

    private bool IsChange(CtiCall call, RecordingReport report)
    {
        var before = _recordings.GetValueOrDefault(call.SegmentId);
        _recordings[call.SegmentId] = report;
        return before != report;
    }

    private void Publish(CtiEvent happened)
    {
        lock (_lock)
        {
            var logged = happened with { Position = new CtiPosition("mcp", _epoch, ++_number) };
            _log.Enqueue(logged);
            if (_log.Count > Kept)
                _log.Dequeue();
            if (_followers.TryGetValue(logged.ThisDN!, out var followers))
                followers.ForEach(follower => follower.Send([logged]));
        }
    }

    private CtiEvent Of(CtiCall call, string name) => new()
    {
        Name = name,
        Time = time.GetUtcNow(),
        ThisDN = call.Dn,
        OtherDN = call.OtherDn,
        ConnID = call.ConnId,
        CallUUID = call.CallUuid,
        CallType = CallType.Unknown,
        CallState = CallState.Ok,
    };

    private DnSnapshot Snapshot(string dn) => new(true, null, null,
        [.. _calls.Where(call => call.Dn == dn).Select(call => new DnCall(
            call.ConnId, call.CallUuid, CallType.Unknown, "Established", call.OtherDn,
            _recordings.GetValueOrDefault(call.SegmentId), null))]);
}
