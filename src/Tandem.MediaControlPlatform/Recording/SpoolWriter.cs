using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Tandem.MediaControlPlatform.Recording;

/// <summary>The one thread that waits for the disk, for all recordings, in order. Its queue is bounded: a disk that hangs
/// costs audio, never a call and never the memory.</summary>
internal sealed class SpoolWriter : IAsyncDisposable
{
    // About ten seconds of a thousand calls.
    private const int Capacity = 12_000;

    // While records come, the thread looks for them itself, several at a time: to be woken for each costs more than a record.
    private const int GatherMs = 5;
    private readonly ConcurrentQueue<(Action? Work, SpoolRecord Record)> _jobs = new();
    private readonly object _gate = new();
    private readonly Thread _thread;
    private readonly ILogger _log;
    private int _waiting;
    private volatile bool _asleep;
    private volatile bool _ending;

    public SpoolWriter(ILogger log)
    {
        _log = log;
        _thread = new Thread(Run) { Name = "spool", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Records that were put to disk since the start.</summary>
    public long Written { get; private set; }

    /// <summary>Refused when the queue is long.</summary>
    public bool TryPost(in SpoolRecord record)
    {
        if (Volatile.Read(ref _waiting) >= Capacity)
            return false;
        Enqueue(null, record);
        if (_asleep)
            Wake();
        return true;
    }

    /// <summary>For changes of state, which are few and must not get lost.</summary>
    public void Post(Action work)
    {
        Enqueue(work, default);
        Wake();
    }

    /// <summary>Writes what is queued and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _ending = true;
        Wake();
        await Task.Run(_thread.Join);
    }

    private void Enqueue(Action? work, in SpoolRecord record)
    {
        Interlocked.Increment(ref _waiting);
        _jobs.Enqueue((work, record));
    }

    private void Wake()
    {
        lock (_gate)
            Monitor.Pulse(_gate);
    }

    private void Run()
    {
        while (!_ending || !_jobs.IsEmpty)
        {
            var any = false;
            while (_jobs.TryDequeue(out var job))
            {
                Interlocked.Decrement(ref _waiting);
                Do(job.Work, job.Record);
                any = true;
            }
            Rest(any ? GatherMs : Timeout.Infinite);
        }
    }

    private void Rest(int ms)
    {
        lock (_gate)
        {
            _asleep = ms == Timeout.Infinite;
            // Whoever queues a job after this look finds us asleep, and wakes us once the gate is ours no more.
            Interlocked.MemoryBarrier();
            if (_jobs.IsEmpty && !_ending)
                Monitor.Wait(_gate, ms);
            _asleep = false;
        }
    }

    private void Do(Action? work, in SpoolRecord record)
    {
        try
        {
            if (work is not null)
            {
                work();
                return;
            }
            record.Write();
            Written++;
        }
        catch (Exception failure)
        {
            // The spool reports expected failures as outcomes; this one is a fault of ours and must not stop the others.
            RecordingLog.WriteFailed(_log, failure);
        }
    }
}
