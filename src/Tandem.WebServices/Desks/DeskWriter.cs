using Microsoft.EntityFrameworkCore;
using Tandem.Recordings.Capture;
using Tandem.WebServices.Agents;
using Tandem.WebServices.Devices;
using Tandem.WebServices.Interactions;
using Tandem.WebServices.Store;

namespace Tandem.WebServices.Desks;

/// <summary>Writes a planned change: desk, screens, what is missing, outbox.</summary>
internal sealed class DeskWriter(AgentDirectory directory, Outbox outbox)
{
    /// <returns>The commands with their revisions, to be sent after the commit.</returns>
    public async Task<List<DeskCommand>> WriteAsync(TandemDb db, DeskChange change, long nowUs, CancellationToken stop)
    {
        await DeskRoster.SaveAsync(db, change.After, stop);
        foreach (var screen in change.Started)
        {
            await StartAsync(db, screen, nowUs, stop);
        }

        foreach (var (captureId, ending) in change.Stopped)
        {
            await StopAsync(db, captureId, ending, nowUs, stop);
        }

        foreach (var missing in change.Missing)
        {
            await InteractionBook.MissAsync(
                db, missing.Call.CallUuid, change.After.AgentId, MissingKinds.Screen,
                $"No screen recorder was signed in for {NameOf(change.After.AgentId)}.", nowUs, stop);
        }

        var commands = new List<DeskCommand>();
        foreach (var (device, state) in change.Commands)
        {
            commands.Add(new DeskCommand(device, await outbox.PutAsync(db, device, state, stop)));
        }

        return commands;
    }

    private async Task StartAsync(TandemDb db, Screen screen, long nowUs, CancellationToken stop)
    {
        db.Add(screen);
        if (screen.InteractionId is { } own)
        {
            await InteractionBook.OpenNonVoiceAsync(db, own, directory.ById(screen.AgentId), screen.AgentId, nowUs, stop);
        }
        else if (screen.PrimaryCallUuid is { } call)
        {
            await InteractionBook.FoundAsync(db, call, screen.AgentId, MissingKinds.Screen, stop);
        }
    }

    private async Task StopAsync(TandemDb db, string captureId, CaptureStep.Stop ending, long nowUs, CancellationToken stop)
    {
        var screen = await db.Set<Screen>().FindAsync([captureId], stop);
        if (screen is null)
        {
            return;
        }

        screen.StopUs ??= nowUs;
        screen.EndReason ??= MediaNames.Of(ending.Reason);
        screen.CallsEndedUs = screen.InteractionId is null ? ending.LastCall?.AtUs : null;
        screen.AfterCallWork = ending.Capture.AfterCallWorkUs is not null;
        screen.PrimarySegmentId ??= ending.Capture.PrimarySegmentId;
        if (screen.State == MediaStates.Recording)
        {
            screen.State = screen.Confirmed ? MediaStates.Uploading : MediaStates.Missing;
        }

        if (screen.State == MediaStates.Missing)
        {
            screen.Problem ??= await SilenceAsync(db, screen, stop);
            await InteractionBook.MissAsync(
                db, screen.PrimaryCallUuid ?? screen.InteractionId ?? captureId, screen.AgentId, MissingKinds.Screen, screen.Problem, nowUs, stop);
        }

        await InteractionBook.CloseNonVoiceAsync(db, screen, stop);
        await Links.RecomputeAsync(db, screen, nowUs, stop);
    }

    private async Task<string> SilenceAsync(TandemDb db, Screen screen, CancellationToken stop)
    {
        var host = await db.Set<Device>().Where(row => row.DeviceId == screen.DeviceId).Select(row => row.HostName).FirstOrDefaultAsync(stop);
        return $"The screen recorder of {NameOf(screen.AgentId)} on {host ?? screen.DeviceId} did not confirm that it records.";
    }

    private string NameOf(string agentId) => directory.ById(agentId)?.Name ?? agentId;
}
