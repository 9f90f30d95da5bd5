using System.Collections.Immutable;
using Tandem.Contracts.Cti;

namespace Tandem.Recordings.Capture;

/// <summary>The set Active of recorded (ConnID, DN) under one event.</summary>
internal static class ActiveCalls
{
    public static AgentCapture Apply(AgentCapture state, CtiEvent about, string? source, long nowUs) => about.Name switch
    {
        CtiEventNames.Recording => Recording(state, about, source, nowUs),
        CtiEventNames.Released => Remove(state, Find(state, about), byRelease: true, Micros(about, nowUs)),
        CtiEventNames.PartyChanged when about.PreviousConnID is not null => Move(state, about),
        CtiEventNames.Registered when about.Snapshot is not null => Replace(state, about, source, about.Snapshot),
        _ => state,
    };

    private static AgentCapture Recording(AgentCapture state, CtiEvent about, string? source, long nowUs)
    {
        if (about.Recording is not { } report || about.ConnID is null || about.ThisDN is null)
        {
            return state;
        }

        var known = Find(state, about);
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
        var stale = known is null || known.FormerSegmentId == report.SegmentId
            || (known.SegmentId is not null && known.SegmentId != report.SegmentId);
        return stale ? state : Remove(state, known, byRelease: false, Micros(about, nowUs));
    }

    private static AgentCapture Remove(AgentCapture state, ActiveCall? entry, bool byRelease, long atUs) => entry is null
        ? state
        : state with
        {
            Active = state.Active.Remove(entry),
            Released = new ReleasedCall(entry.CallUuid, entry.SegmentId ?? entry.FormerSegmentId, atUs, byRelease),
        };

    private static AgentCapture Move(AgentCapture state, CtiEvent about)
    {
        var moved = state.Active.FirstOrDefault(call => call.ConnId == about.PreviousConnID && call.Dn == about.ThisDN);
        if (moved is null || about.ConnID is null)
        {
            return state;
        }

        // The surviving call may already be recorded at this DN; then the consultation simply goes.
        if (Find(state, about) is not null)
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
            .Where(call => !kept.Exists(entry => entry.ConnId == call.ConnID && entry.Dn == about.ThisDN))
            .Select(call => Refresh(new ActiveCall(call.ConnID, call.CallUUID, about.ThisDN!, null, false), call, source));
        return state with { Active = kept.AddRange(added) };

        bool IsOwn(ActiveCall call) => call.Dn == about.ThisDN && (call.Source ?? source) == source;
    }

    private static ActiveCall Refresh(ActiveCall entry, DnCall call, string? source) => entry with
    {
        Source = source,
        SegmentId = call.Recording!.SegmentId,
        Paused = call.Recording.State == RecordingState.Paused,
    };

    private static ActiveCall? Find(AgentCapture state, CtiEvent about) =>
        state.Active.FirstOrDefault(call => call.ConnId == about.ConnID && call.Dn == about.ThisDN);

    private static long Micros(CtiEvent about, long nowUs) => Math.Min(nowUs, Instants.Micros(about.Time));
}
