using Tandem.Contracts.Cti;
using Tandem.Contracts.Srs;
using Tandem.Recordings.Capture;
using Tandem.Recordings.Policy;
using Tandem.WebServices.Devices;
using Tandem.WebServices.Interactions;
using Tandem.WebServices.Store;

namespace Tandem.WebServices.Desks;

/// <summary>Goes once through the path from a recording event to a command and back, and takes it all back, so that the first
/// real call does not wait for compilers.</summary>
internal sealed class WarmUp(DataStore store, DeskPlanner planner, DeskWriter writer, CallHistory history, TimeProvider time)
{
    private const string Id = "warm-up";

    public async Task RunAsync(CancellationToken stop)
    {
        var about = new CtiEvent
        {
            Name = CtiEventNames.Recording,
            Time = time.GetUtcNow(),
            Position = new CtiPosition(Id, 0, 0),
            ThisDN = Id,
            OtherDN = Id,
            ConnID = Id,
            CallUUID = Id,
            Recording = new RecordingReport(RecordingState.On, Id),
        };
        var rule = new CaptureRule(() => 0);
        var desk = new AgentDesk(Id) { DeviceId = Id, Capture = AgentCapture.Initial with { HasDevice = true } };
        var on = planner.Plan(desk, rule.Events(desk.Capture, RecordingPolicy.Default, [about], 0), 0);
        var released = about with { Name = CtiEventNames.Released, Recording = null, Position = new CtiPosition(Id, 0, 1) };
        var off = planner.Plan(on.After, rule.Events(on.After.Capture, RecordingPolicy.Default, [released], 1), 1);
        try
        {
            await store.WriteAsync(
                async db =>
                {
                    await writer.WriteAsync(db, on, 0, stop);
                    await history.TakeAsync(db, [about], stop);
                    await db.SaveChangesAsync(stop);
                    await ActualStates.StoreAsync(db, Id, new ActualState(1, on.After.CaptureId, CapturePhase.Recording, 0, null), 0, stop);
                    await db.SaveChangesAsync(stop);
                    await writer.WriteAsync(db, off, 1, stop);
                    await history.TakeAsync(db, [released], stop);
                    await db.SaveChangesAsync(stop);
                    throw new TakenBackException();
                },
                stop);
        }
        catch (TakenBackException)
        {
            // As meant: nothing of this stays.
        }
    }

    private sealed class TakenBackException : Exception;
}
