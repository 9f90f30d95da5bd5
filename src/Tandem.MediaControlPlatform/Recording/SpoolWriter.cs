using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Tandem.MediaControlPlatform.Recording;

/// <summary>The one thread that waits for the disk, for all recordings, in order. Its queue is bounded: a disk that hangs
/// costs audio, never a call and never the memory.</summary>
internal sealed class SpoolWriter : IAsyncDisposable
{
    // About ten seconds of a thousand calls.
    private const int Capacity = 12_000;
    private readonly Channel<Action> _jobs = Channel.CreateUnbounded<Action>(new() { SingleReader = true });
    private readonly Thread _thread;
    private readonly ILogger _log;
    private int _waiting;

    public SpoolWriter(ILogger log)
    {
        _log = log;
        _thread = new Thread(Run) { Name = "spool", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Records that were put to disk since the start.</summary>
    public long Written { get; private set; }

    /// <summary>For records: refused when the queue is long.</summary>
    public bool TryPost(Action job)
    {
        if (Volatile.Read(ref _waiting) >= Capacity)
            return false;
        Post(job);
        return true;
    }

    /// <summary>For changes of state, which are few and must not get lost.</summary>
    public void Post(Action job)
    {
        Interlocked.Increment(ref _waiting);
        _jobs.Writer.TryWrite(job);
    }

    /// <summary>Writes what is queued and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _jobs.Writer.TryComplete();
        await Task.Run(_thread.Join);
    }

    private void Run()
    {
        while (_jobs.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (_jobs.Reader.TryRead(out var job))
            {
                Interlocked.Decrement(ref _waiting);
                Do(job);
            }
        }
    }

    private void Do(Action job)
    {
        try
        {
            job();
            Written++;
        }
        catch (Exception failure)
        {
            // The spool reports expected failures as outcomes; this one is a fault of ours and must not stop the others.
            RecordingLog.WriteFailed(_log, failure);
        }
    }
}
