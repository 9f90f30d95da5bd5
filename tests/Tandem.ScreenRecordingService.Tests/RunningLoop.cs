using Tandem.ScreenRecordingService.Capture;

namespace Tandem.ScreenRecordingService.Tests;

/// <summary>A capture loop on a thread of its own. Disposed, also by a test that fails, it has ended first.</summary>
internal sealed class RunningLoop : IAsyncDisposable
{
    private readonly CaptureLoop loop;
    private readonly Task running;

    private RunningLoop(CaptureLoop loop)
    {
        this.loop = loop;
        running = Task.Factory.StartNew(() => loop.Run(_ => { }), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public static RunningLoop Start(CaptureLoop loop) => new(loop);

    public void Request(CaptureRequest request) => loop.Request(request);

    /// <summary>Ends it; what it failed with is thrown.</summary>
    public Task EndAsync()
    {
        loop.Exit();
        return running;
    }

    public async ValueTask DisposeAsync()
    {
        loop.Exit();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        loop.Dispose();
    }
}
