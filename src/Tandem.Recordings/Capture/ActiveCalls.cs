using System.Collections.Immutable;
using Tandem.Contracts.Cti;

namespace Tandem.Recordings.Capture;

/// <summary>The set Active of recorded (ConnID, DN) under one event. What a source says stands for its own entries; only a
/// release ends the others' too (docs/decisions/0007-two-recorders.md).</summary>
internal static class ActiveCalls
{
    public static AgentCapture Apply(AgentCapture state, CtiEvent about, string? source, long nowUs) => about.Name switch
    {
        CtiEventNames.Recording => Recording(state, about, source, nowUs),
        CtiEventNames.Released => Release(state, about, nowUs),
        CtiEventNames.PartyChanged when about.PreviousConnID is not null => Move(state, about, source),
        CtiEventNames.Registered when about.Snapshot is not null => Replace(state, about, source, about.Snapshot),
        _ => state,
    };

    private static AgentCapture Recording(AgentCapture state, CtiEvent about, string? source, long nowUs)
    {
        if (about.Recording is not { } report || about.ConnID is null || about.ThisDN is null)
        {
            return state;
        }

        var known = Find(state, about, source);
        if (report.State is RecordingState.On or RecordingState.Paused)
        {
            var entry = (known ?? new ActiveCall(about.ConnID, about.CallUUID ?? about.ConnID, about.ThisDN, null, false)) with
            {
                SegmentId = report.SegmentId,
                Paused = report.State == RecordingState.Paused,
                Source = source,
            };
            return state with { Active = known is null ? state.Active.Add(entry) : state.Active.Replace(known, entry) };
        }

        // The recording of a merged consultation ends after the merge; the agent is still being recorded.
        return known is null || known.FormerSegmentId == report.SegmentId || (known.SegmentId ?? report.SegmentId) != report.SegmentId
            ? state
            : Remove(state, known, byRelease: false, Micros(about, nowUs));
    }

    /// <summary>The call is over at this DN, whoever recorded it.</summary>
    private static AgentCapture Release(AgentCapture state, CtiEvent about, long nowUs)
    {
        while (Find(state, about, null) is { } entry)
        {
            state = Remove(state, entry, byRelease: true, Micros(about, nowUs));
        }

        return state;
    }

    private static AgentCapture Remove(AgentCapture state, ActiveCall entry, bool byRelease, long atUs) => state with
    {
        Active = state.Active.Remove(entry),
        Released = new ReleasedCall(entry.CallUuid, entry.SegmentId ?? entry.FormerSegmentId, atUs, byRelease),
    };

    private static AgentCapture Move(AgentCapture state, CtiEvent about, string? source)
    {
        var moved = state.Active.FirstOrDefault(call =>
            call.ConnId == about.PreviousConnID && call.Dn == about.ThisDN && call.IsOf(source));
        if (moved is null || about.ConnID is null)
        {
            return state;
        }

        // The surviving call may already be recorded at this DN; then the consultation simply goes.
        if (Find(state, about, source) is not null)
        {
            return state with { Active = state.Active.Remove(moved) };
        }

        var arrived = moved with
        {
            ConnId = about.ConnID,
            CallUuid = about.CallUUID ?? moved.CallUuid,
            SegmentId = null,
            FormerSegmentId = moved.SegmentId ?? moved.FormerSegmentId,
        };
        return state with { Active = state.Active.Replace(moved, arrived) };
    }

    /// <summary>What the source says now stands above what was remembered of it; of another source's calls it knows
    /// nothing.</summary>
    private static AgentCapture Replace(AgentCapture state, CtiEvent about, string? source, DnSnapshot snapshot)
    {
        var now = snapshot.Calls
            .Where(call => call.Recording?.State is RecordingState.On or RecordingState.Paused)
            .ToDictionary(call => call.ConnID);
        var kept = state.Active
            .Where(call => !IsOwn(call) || now.ContainsKey(call.ConnId))
            .Select(call => IsOwn(call) ? Refresh(call, now[call.ConnId], source) : call)
            .ToImmutableList();
        var added = now.Values
            .Where(call => !kept.Exists(entry => entry.ConnId == call.ConnID && IsOwn(entry)))
            .Select(call => Refresh(new ActiveCall(call.ConnID, call.CallUUID, about.ThisDN!, null, false), call, source));
        return state with { Active = kept.AddRange(added) };

        bool IsOwn(ActiveCall call) => call.Dn == about.ThisDN && call.IsOf(source);
    }

    private static ActiveCall Refresh(ActiveCall entry, DnCall call, string? source) => entry with
    {
        Source = source,
        SegmentId = call.Recording!.SegmentId,
        Paused = call.Recording.State == RecordingState.Paused,
    };

    private static ActiveCall? Find(AgentCapture state, CtiEvent about, string? source) =>
        state.Active.FirstOrDefault(call => call.ConnId == about.ConnID && call.Dn == about.ThisDN && call.IsOf(source));

    private static long Micros(CtiEvent about, long nowUs) => Math.Min(nowUs, Instants.Micros(about.Time));
}
