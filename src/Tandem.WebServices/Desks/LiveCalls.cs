using System.Collections.Immutable;
using Tandem.Contracts.Cti;
using Tandem.Recordings;

namespace Tandem.WebServices.Desks;

/// <summary>The calls of one DN under its events, pure. What a restart forgets the snapshot brings back.</summary>
internal static class LiveCalls
{
    public static ImmutableList<LiveCall> Apply(ImmutableList<LiveCall> calls, CtiEvent about, string source) => about.Name switch
    {
        CtiEventNames.Registered when about.Snapshot is { } snapshot =>
        [
            // Two recorders know the same call.
            .. calls.Where(call => call.Source != source && !snapshot.Calls.Any(own => own.ConnID == call.ConnId)),
            .. snapshot.Calls.Select(call => FromSnapshot(calls, call, about, source)),
        ],
        CtiEventNames.Ringing => Put(calls, about, source, "Ringing"),
        CtiEventNames.Dialing => Put(calls, about, source, "Dialing"),
        CtiEventNames.Established => Put(calls, about, source, "Established"),
        CtiEventNames.Retrieved => Put(calls, about, source, "Established"),
        CtiEventNames.Held => Put(calls, about, source, "Held"),
        CtiEventNames.Released or CtiEventNames.Abandoned => calls.RemoveAll(call => call.ConnId == about.ConnID),
        CtiEventNames.PartyChanged => Changed(calls, about),
        CtiEventNames.Recording when about.Recording is { } report => Change(calls, about, call => call with { Recording = report.State }),
        _ => calls,
    };

    private static ImmutableList<LiveCall> Put(ImmutableList<LiveCall> calls, CtiEvent about, string source, string state)
    {
        if (about.ConnID is null)
        {
            return calls;
        }

        return calls.Exists(call => call.ConnId == about.ConnID)
            ? Change(calls, about, call => call with { State = state, OtherDn = about.OtherDN ?? call.OtherDn })
            : calls.Add(new LiveCall(
                about.ConnID, about.CallUUID ?? about.ConnID, state, about.CallType ?? CallType.Unknown, about.OtherDN,
                RecordingState.Off, Instants.Micros(about.Time), source));
    }

    private static ImmutableList<LiveCall> Changed(ImmutableList<LiveCall> calls, CtiEvent about)
    {
        var key = about.PreviousConnID ?? about.ConnID;
        var index = calls.FindIndex(call => call.ConnId == key);
        if (index < 0 || about.ConnID is null)
        {
            return calls;
        }

        var moved = calls[index] with
        {
            ConnId = about.ConnID,
            CallUuid = about.CallUUID ?? calls[index].CallUuid,
            CallType = about.CallType ?? calls[index].CallType,
            OtherDn = about.OtherDN ?? calls[index].OtherDn,
        };
        return calls.RemoveAll(call => call.ConnId == key || call.ConnId == about.ConnID).Add(moved);
    }

    private static ImmutableList<LiveCall> Change(ImmutableList<LiveCall> calls, CtiEvent about, Func<LiveCall, LiveCall> change)
    {
        var index = calls.FindIndex(call => call.ConnId == about.ConnID);
        return index < 0 ? calls : calls.SetItem(index, change(calls[index]));
    }

    private static LiveCall FromSnapshot(ImmutableList<LiveCall> known, DnCall call, CtiEvent about, string source) => new(
        call.ConnID, call.CallUUID, call.State, call.CallType, call.OtherDN, call.Recording?.State ?? RecordingState.Off,
        known.Find(old => old.ConnId == call.ConnID)?.StartUs ?? Instants.Micros(about.Time), source);
}
