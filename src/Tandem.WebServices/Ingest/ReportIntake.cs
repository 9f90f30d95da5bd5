using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Tandem.Contracts;
using Tandem.Contracts.Media;
using Tandem.Contracts.Uploads;
using Tandem.Recordings;
using Tandem.WebServices.Agents;
using Tandem.WebServices.Interactions;
using Tandem.WebServices.Store;
using Tandem.WebServices.Vault;

namespace Tandem.WebServices.Ingest;

/// <summary>Takes what recorders report and finishes a recording once its report and all its streams are here,
/// whichever comes last.</summary>
internal sealed class ReportIntake(
    AgentDirectory directory, IMediaStreams streams, IRecordingKeeper keeper, TimeProvider time) : IStoredStreamObserver
{
    /// <summary>Idempotent by segment id.</summary>
    public async Task TakeAsync(TandemDb db, VoiceSegmentReport report, CancellationToken stop)
    {
        var interaction = await InteractionBook.OpenAsync(db, report.CallUuid, report.StartUs, stop);
        interaction.Recorded = true;
        interaction.StopUs = Math.Max(interaction.StopUs ?? 0, report.StopUs);
        interaction.Ani ??= report.Ani;
        interaction.Dnis ??= report.Dnis;
        foreach (var dn in report.OtherDns.Prepend(report.RecordDn))
        {
            await InteractionBook.PartyAsync(db, report.CallUuid, dn, directory.ByDn(dn), report.StartUs, stop);
        }

        var segment = await SegmentAsync(db, report, stop);
        if (directory.ByDn(report.RecordDn)?.AgentId is { } agentId)
        {
            await SegmentAgents.AddAsync(db, report.SegmentId, agentId, report.RecordDn, stop);
        }

        await FinishAsync(db, segment, report, stop);
        await Links.RecomputeForSegmentAsync(db, report.SegmentId, time.NowMicros(), stop);
    }

    /// <summary>Idempotent by capture id.</summary>
    public async Task TakeAsync(TandemDb db, ScreenCaptureReport report, CancellationToken stop)
    {
        var screen = await db.Set<Screen>().FindAsync([report.CaptureId], stop);
        if (screen is null)
        {
            screen = new Screen
            {
                CaptureId = report.CaptureId, AgentId = report.AgentId, DeviceId = report.DeviceId, State = MediaStates.Uploading,
            };
            db.Add(screen);
        }

        screen.Confirmed = true;
        screen.StartUs = report.StartUs;
        screen.StopUs = report.StopUs;
        screen.EndReason = MediaNames.Of(report.EndReason);
        screen.ReportJson = JsonSerializer.Serialize(report, ContractsJson.Default.ScreenCaptureReport);
        if (screen.State is MediaStates.Recording or MediaStates.Missing)
        {
            screen.State = MediaStates.Uploading;
        }

        if ((screen.PrimaryCallUuid ?? screen.InteractionId) is { } call && report.Parts.Count > 0)
        {
            await InteractionBook.FoundAsync(db, call, screen.AgentId, MissingKinds.Screen, stop);
        }

        await InteractionBook.CloseNonVoiceAsync(db, screen, stop);
        await FinishAsync(db, screen, report, stop);
        await Links.RecomputeAsync(db, screen, time.NowMicros(), stop);
    }

    public async Task StoredAsync(TandemDb db, StreamSidecar sidecar, CancellationToken stop)
    {
        if (sidecar.Kind == StreamKind.Voice)
        {
            if (await db.Set<Segment>().FindAsync([sidecar.OwnerId], stop) is { ReportJson: { } json } segment)
            {
                await FinishAsync(db, segment, JsonSerializer.Deserialize(json, ContractsJson.Default.VoiceSegmentReport)!, stop);
            }
        }
        else if (await db.Set<Screen>().FindAsync([sidecar.OwnerId], stop) is { ReportJson: { } json } screen)
        {
            await FinishAsync(db, screen, JsonSerializer.Deserialize(json, ContractsJson.Default.ScreenCaptureReport)!, stop);
        }
    }

    private static async Task<Segment> SegmentAsync(TandemDb db, VoiceSegmentReport report, CancellationToken stop)
    {
        var segment = await db.Set<Segment>().FindAsync([report.SegmentId], stop);
        if (segment is null)
        {
            segment = new Segment
            {
                SegmentId = report.SegmentId, CallUuid = report.CallUuid, ConnId = report.ConnId, Dn = report.RecordDn,
                State = MediaStates.Uploading,
            };
            db.Add(segment);
        }

        segment.Dn = report.RecordDn;
        segment.CallUuid = report.CallUuid;
        segment.OtherDns = string.Join(',', report.OtherDns);
        segment.StartUs = report.StartUs;
        segment.StopUs = report.StopUs;
        segment.EndReason = MediaNames.Of(report.EndReason);
        segment.ReportJson = JsonSerializer.Serialize(report, ContractsJson.Default.VoiceSegmentReport);
        segment.State = segment.State == MediaStates.Available ? segment.State : MediaStates.Uploading;
        return segment;
    }

    private async Task FinishAsync(TandemDb db, Segment segment, VoiceSegmentReport report, CancellationToken stop)
    {
        var ids = report.StreamIds.ToList();
        if (segment.State == MediaStates.Available || ids.Count == 0 || !await streams.AreStoredAsync(db, ids, stop))
        {
            return;
        }

        await keeper.FinishAsync(
            db,
            new FinishedRecording(
                report.SegmentId, StreamKind.Voice, report.CallUuid, report.StartUs, report.StopUs, ids, report.Pauses ?? [], [], segment.ReportJson!),
            stop);
        segment.State = MediaStates.Available;
    }

    private async Task FinishAsync(TandemDb db, Screen screen, ScreenCaptureReport report, CancellationToken stop)
    {
        var ids = report.Parts.Select(part => part.StreamId).ToList();
        if (screen.State == MediaStates.Available)
        {
            return;
        }

        if (ids.Count == 0)
        {
            screen.State = MediaStates.Missing;
            screen.Problem ??= $"The screen recorder captured no picture ({screen.EndReason}).";
            await InteractionBook.MissAsync(
                db, screen.PrimaryCallUuid ?? screen.InteractionId ?? screen.CaptureId, screen.AgentId, MissingKinds.Screen,
                screen.Problem, time.NowMicros(), stop);
            return;
        }

        if (!await streams.AreStoredAsync(db, ids, stop))
        {
            return;
        }

        await keeper.FinishAsync(
            db,
            new FinishedRecording(
                report.CaptureId, StreamKind.Screen, screen.AgentId, report.StartUs, report.StopUs, ids, report.Pauses ?? [],
                report.ClockSamples ?? [], screen.ReportJson!),
            stop);
        screen.State = MediaStates.Available;
    }
}
