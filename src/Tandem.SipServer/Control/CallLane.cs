using System.Collections.Concurrent;

namespace Tandem.SipServer.Control;

/// <summary>Runs tasks one at a time in the order in which they came, on whatever thread of the pool is free: what the
/// exclusive half of a ConcurrentExclusiveSchedulerPair does, at a third of its cost.</summary>
internal sealed class CallLane : TaskScheduler, IThreadPoolWorkItem
{
    [ThreadStatic]
    private static CallLane? _here;

    private readonly ConcurrentQueue<Task> _waiting = new();
    private int _running;

    public override int MaximumConcurrencyLevel => 1;

    void IThreadPoolWorkItem.Execute()
    {
        _here = this;
        do
        {
            while (_waiting.TryDequeue(out var task)) TryExecuteTask(task);
            Interlocked.Exchange(ref _running, 0);
        }
        while (!_waiting.IsEmpty && Interlocked.Exchange(ref _running, 1) == 0);
        _here = null;
    }

    protected override void QueueTask(Task task)
    {
        _waiting.Enqueue(task);
        if (Interlocked.Exchange(ref _running, 1) == 0) ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>What comes back to the lane on the lane itself goes on at once.</summary>
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        _here == this && !taskWasPreviouslyQueued && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => _waiting.ToArray();
}
