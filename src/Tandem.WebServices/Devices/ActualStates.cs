using Microsoft.EntityFrameworkCore;
using Tandem.Contracts.Srs;
using Tandem.WebServices.Interactions;
using Tandem.WebServices.Store;

namespace Tandem.WebServices.Devices;

/// <summary>What a device's report means for the stored screen.</summary>
internal static class ActualStates
{
    public static async Task StoreAsync(TandemDb db, string deviceId, ActualState actual, long nowUs, CancellationToken stop)
    {
        var row = await db.Set<DesiredRow>().FindAsync([deviceId], stop);
        if (row is not null && actual.Revision > row.TakenRevision)
        {
            row.TakenRevision = actual.Revision;
        }

        var screen = actual.CaptureId is null ? null : await db.Set<Screen>().FindAsync([actual.CaptureId], stop);
        if (screen is null || screen.DeviceId != deviceId)
        {
            return;
        }

        if (actual.Phase is CapturePhase.Recording or CapturePhase.Paused)
        {
            screen.StartUs = actual.FirstFrameUs is { } first && !screen.Confirmed ? first : screen.StartUs;
            screen.Confirmed = true;
        }

        screen.Problem = actual.Problem ?? screen.Problem;
        if (actual.Phase == CapturePhase.Failed && screen.ReportJson is null)
        {
            await FailedAsync(db, screen, nowUs, stop);
        }
    }

    private static Task FailedAsync(TandemDb db, Screen screen, long nowUs, CancellationToken stop)
    {
        screen.State = screen.Confirmed ? screen.State : MediaStates.Missing;
        screen.Problem ??= "The screen recorder failed without saying why.";
        return InteractionBook.MissAsync(
            db, screen.PrimaryCallUuid ?? screen.InteractionId ?? screen.CaptureId, screen.AgentId,
            MissingKinds.Screen, screen.Problem, nowUs, stop);
    }
}
