using Tandem.Contracts.Srs;
using Tandem.ScreenRecordingService.Capture;
using Tandem.ScreenRecordingService.Coding;

namespace Tandem.ScreenRecordingService.Worker;

/// <summary>The worker's life: the capture loop on this thread, its output brought to the service by a
/// <see cref="ServiceLine"/>. A service that went away finds the capture still on when it is back within a minute.</summary>
internal sealed class WorkerSession(ServiceLine line, TimeProvider time) : ICaptureSink, IDisposable
{
    /// <summary>What a gap is called that a lost service left.</summary>
    public const string ServiceLost = "service-lost";

    private WorkerReady? ready;
    private CaptureLoop? loop;
    private volatile CaptureRequest request = CaptureRequest.Off;

    /// <param name="watch">Starts to watch what makes the screen nobody's business; told to with the loop's
    /// <see cref="CaptureLoop.Away"/>.</param>
    /// <returns>The process's exit code.</returns>
    public int Run(Func<ICapture> open, Action<Action<string?>> watch)
    {
        var code = 0;
        Task? talking = null;
        try
        {
            loop = new CaptureLoop(open(), Encoders.Open, this, time, SleepClock.SleptMs);
            watch(loop.Away);
            loop.Run(now =>
            {
                ready = now;
                talking = Task.Run(() => line.RunAsync(Hello, Take, Lost, Abandoned));
            });
        }
        catch (Exception e) when (e is DisplayLostException or EncoderException)
        {
            line.Post(new WorkerMessage { Problem = e.Message });
            code = 3;
        }
        line.Complete();
        talking ??= line.RunAsync(() => null, _ => { }, () => { }, () => { });
        talking.Wait(ServiceLine.Patience);
        return code != 0 ? code : line.Refused ? 2 : 0;
    }

    public void Dispose() => loop?.Dispose();

    /// <summary>Ends the capture cleanly, then the worker.</summary>
    public void Exit() => loop?.Exit();

    public void Begun(PartBegun part, byte[] init)
    {
        line.Post(new WorkerMessage { Begun = part });
        line.PostMedia(LivePart.Init, init);
    }

    public void Fragment(Fragment fragment) => line.PostMedia(
        LivePart.KindOf(fragment.Track, fragment.Key ? LivePart.KeyFragment : LivePart.Fragment), fragment.Bytes);

    public void Ended(PartEnded part) => line.Post(new WorkerMessage { Ended = part });

    public void PausedChanged(bool paused, long atUs) => line.Post(new WorkerMessage { Pause = new PauseReport(paused, atUs) });

    public void AwayChanged(string? cause, long atUs) => line.Post(new WorkerMessage { Away = new AwayReport(cause, atUs) });

    public void Stopped(string captureId, string? problem) => line.Post(new WorkerMessage { Stopped = new StopReport(captureId, problem) });

    private WorkerMessage Hello()
    {
        var now = request;
        return new WorkerMessage { Ready = ready! with { CaptureId = now.CaptureId, Paused = now.Paused } };
    }

    private void Take(WorkerMessage message)
    {
        if (message.Exit == true)
            loop!.Exit();
        else if (message.Leave == true)
            loop!.Interrupt(new Interruption(ServiceLost, line.HangUp));
        else if (message.Request is { } wanted)
            loop!.Request(request = wanted);
    }

    /// <summary>What the service had not yet put on disk is lost with it: the part that the next one gets starts now.</summary>
    private void Lost()
    {
        if (line.Attached)
            loop!.Exit();
        else if (!line.HungUp)
            loop!.Interrupt(new Interruption(ServiceLost));
    }

    /// <summary>Nobody governs the capture any more: it ends, and waits in memory.</summary>
    private void Abandoned() => loop!.Request(request = CaptureRequest.Off);
}
