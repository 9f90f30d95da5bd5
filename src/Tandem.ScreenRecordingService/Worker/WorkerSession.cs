using System.Net.Sockets;
using System.Threading.Channels;
using Tandem.ScreenRecordingService.Capture;
using Tandem.ScreenRecordingService.Coding;

namespace Tandem.ScreenRecordingService.Worker;

/// <summary>The worker's life: the capture loop on this thread, its output sent to the service by another, requests taken
/// by a third. What the service does not take waits in memory for at most a minute.</summary>
internal sealed class WorkerSession(Socket socket, TimeProvider time) : ICaptureSink, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Channel<byte[]> outgoing = Channel.CreateUnbounded<byte[]>(new() { SingleReader = true });
    private readonly NetworkStream stream = new(socket, ownsSocket: false);

    /// <returns>The process's exit code.</returns>
    public int Run(Func<ICapture> open)
    {
        var sending = Task.Run(SendAsync);
        var code = 0;
        try
        {
            using var loop = new CaptureLoop(open(), Encoders.Open, this, time);
            _ = Task.Run(() => TakeRequestsAsync(loop));
            loop.Run(ready => Send(new WorkerMessage { Ready = ready }));
        }
        catch (Exception e) when (e is DisplayLostException or EncoderException)
        {
            Send(new WorkerMessage { Problem = e.Message });
            code = 3;
        }
        outgoing.Writer.Complete();
        return sending.Wait(Patience) ? code : 4;
    }

    public void Begun(PartBegun part, byte[] init)
    {
        Send(new WorkerMessage { Begun = part });
        SendMedia(init);
    }

    public void Fragment(Fragment fragment) => SendMedia(fragment.Bytes);

    public void Ended(PartEnded part) => Send(new WorkerMessage { Ended = part });

    public void PausedChanged(bool paused, long atUs) => Send(new WorkerMessage { Pause = new PauseReport(paused, atUs) });

    public void Stopped(string captureId, string? problem) => Send(new WorkerMessage { Stopped = new StopReport(captureId, problem) });

    public void Dispose() => stream.Dispose();

    private void Send(WorkerMessage message) => outgoing.Writer.TryWrite(WorkerWire.Write(message));

    private void SendMedia(byte[] bytes)
    {
        var utcUs = (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / 10;
        var monotonicUs = (long)time.GetElapsedTime(0).TotalMicroseconds;
        outgoing.Writer.TryWrite(WorkerWire.Write(new MediaBytes(utcUs, monotonicUs, bytes)));
    }

    private async Task SendAsync()
    {
        try
        {
            await foreach (var frame in outgoing.Reader.ReadAllAsync())
                await stream.WriteAsync(frame);
        }
        catch (IOException)
        {
            // The service is gone; TakeRequestsAsync sees the same and ends the loop.
        }
    }

    private async Task TakeRequestsAsync(CaptureLoop loop)
    {
        try
        {
            while (await WorkerWire.ReadAsync(stream, CancellationToken.None) is { Message: { } message })
            {
                if (message.Exit == true)
                    break;
                if (message.Request is { } request)
                    loop.Request(request);
            }
        }
        catch (IOException)
        {
            // Ended by the service's death: nobody is left to record for.
        }
        loop.Exit();
    }
}
