using Microsoft.EntityFrameworkCore;
using Tandem.Contracts.Cti;
using Tandem.Contracts.Media;
using Tandem.Recordings;
using Tandem.WebServices.Agents;
using Tandem.WebServices.Store;

namespace Tandem.WebServices.Interactions;

/// <summary>Writes interactions, parties, segments and the event lane from CTI events; a replayed event changes
/// nothing.</summary>
internal sealed class CallHistory(AgentDirectory directory)
{
    private static readonly HashSet<string> Lane =
    [
        CtiEventNames.Ringing, CtiEventNames.Dialing, CtiEventNames.Established, CtiEventNames.Held, CtiEventNames.Retrieved,
        CtiEventNames.Released, CtiEventNames.Abandoned, CtiEventNames.PartyAdded, CtiEventNames.PartyChanged,
        CtiEventNames.PartyDeleted, CtiEventNames.Recording,
    ];

    public async Task TakeAsync(TandemDb db, IReadOnlyList<CtiEvent> events, CancellationToken stop)
    {
        foreach (var about in events)
        {
            if (about is { Name: CtiEventNames.Registered, Snapshot: { } snapshot, ThisDN: { } dn })
            {
                await SnapshotAsync(db, snapshot, dn, Instants.Micros(about.Time), stop);
            }
            else if (about is { CallUUID: not null, ThisDN: not null } && Lane.Contains(about.Name))
            {
                await EventAsync(db, about, stop);
            }
        }
    }

    private async Task SnapshotAsync(TandemDb db, DnSnapshot snapshot, string dn, long atUs, CancellationToken stop)
    {
        foreach (var call in snapshot.Calls)
        {
            await CallAsync(db, call.CallUUID, dn, call.OtherDN, call.CallType, atUs, stop);
            if (call.Recording is { State: RecordingState.On or RecordingState.Paused } recording)
            {
                await SegmentOnAsync(db, recording.SegmentId, call.CallUUID, call.ConnID, dn, atUs, stop);
            }
        }
    }

    private async Task EventAsync(TandemDb db, CtiEvent about, CancellationToken stop)
    {
        var atUs = Instants.Micros(about.Time);
        var interaction = await CallAsync(db, about.CallUUID!, about.ThisDN!, about.OtherDN, about.CallType, atUs, stop);
        await LaneAsync(db, about, atUs, stop);
        switch (about.Name)
        {
            case CtiEventNames.Released or CtiEventNames.Abandoned:
                interaction.StopUs = Math.Max(interaction.StopUs ?? 0, atUs);
                break;
            case CtiEventNames.Recording when about.Recording is { } report:
                await RecordingAsync(db, about, report, atUs, stop);
                break;
        }
    }

    private async Task<Interaction> CallAsync(
        TandemDb db, string callUuid, string dn, string? otherDn, CallType? type, long atUs, CancellationToken stop)
    {
        var interaction = await InteractionBook.OpenAsync(db, callUuid, atUs, stop);
        if (type is { } known && known != CallType.Unknown)
        {
            interaction.CallType = InteractionBook.TypeName(known);
        }

        await InteractionBook.PartyAsync(db, callUuid, dn, directory.ByDn(dn), atUs, stop);
        if (otherDn is not null)
        {
            await InteractionBook.PartyAsync(db, callUuid, otherDn, directory.ByDn(otherDn), atUs, stop);
        }

        return interaction;
    }

    private static async Task LaneAsync(TandemDb db, CtiEvent about, long atUs, CancellationToken stop)
    {
        if (about.Position is not { } position
            || await db.Set<CallEvent>().FindAsync([position.Source, position.Epoch, position.Number], stop) is not null)
        {
            return;
        }

        db.Add(new CallEvent
        {
            Source = position.Source,
            Epoch = position.Epoch,
            Number = position.Number,
            CallUuid = about.CallUUID!,
            TimeUs = atUs,
            Name = about.Name,
            Dn = about.ThisDN,
            OtherDn = about.OtherDN ?? about.ThirdPartyDN,
            Detail = about.Recording?.State.ToString() ?? about.Reason
                ?? (about.CallState is null or CallState.Ok ? null : about.CallState.ToString()),
        });
    }

    private async Task RecordingAsync(TandemDb db, CtiEvent about, RecordingReport report, long atUs, CancellationToken stop)
    {
        switch (report.State)
        {
            case RecordingState.On or RecordingState.Paused:
                await SegmentOnAsync(db, report.SegmentId, about.CallUUID!, about.ConnID ?? "", about.ThisDN!, atUs, stop);
                break;
            case RecordingState.Off:
                await SegmentOffAsync(db, report.SegmentId, atUs, stop);
                break;
            case RecordingState.Failed:
                var agentId = directory.ByDn(about.ThisDN!)?.AgentId ?? about.ThisDN!;
                var why = $"The recording of {about.ThisDN} failed: {about.Reason ?? "no cause was given"}.";
                await SegmentFailedAsync(db, report.SegmentId, stop);
                await InteractionBook.MissAsync(db, about.CallUUID!, agentId, MissingKinds.Voice, why, atUs, stop);
                break;
        }
    }

    private async Task SegmentOnAsync(
        TandemDb db, string segmentId, string callUuid, string connId, string dn, long atUs, CancellationToken stop)
    {
        (await InteractionBook.OpenAsync(db, callUuid, atUs, stop)).Recorded = true;
        if (await db.Set<Segment>().FindAsync([segmentId], stop) is null)
        {
            db.Add(new Segment
            {
                SegmentId = segmentId,
                CallUuid = callUuid,
                ConnId = connId,
                Dn = dn,
                StartUs = atUs,
                State = MediaStates.Recording,
            });
        }

        if (directory.ByDn(dn)?.AgentId is { } agentId)
        {
            await SegmentAgents.AddAsync(db, segmentId, agentId, dn, stop);
        }
    }

    private static async Task SegmentOffAsync(TandemDb db, string segmentId, long atUs, CancellationToken stop)
    {
        if (await db.Set<Segment>().FindAsync([segmentId], stop) is { State: MediaStates.Recording } segment)
        {
            segment.StopUs = atUs;
            segment.EndReason = MediaNames.Of(EndReason.CallEnded);
            segment.State = MediaStates.Uploading;
        }
    }

    private static async Task SegmentFailedAsync(TandemDb db, string segmentId, CancellationToken stop)
    {
        if (await db.Set<Segment>().FindAsync([segmentId], stop) is { State: MediaStates.Recording } segment)
        {
            segment.State = MediaStates.Missing;
        }
    }
}
