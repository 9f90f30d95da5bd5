using System.Collections.Concurrent;

namespace Tandem.Sip.Transactions;

/// <summary>
/// Server transactions whose work is done, kept for timers I, J and L (RFC 3261 §17.2, RFC 6026): the bytes of a response instead of
/// everything that led to it, and one timer for all. At 500 calls/s half of what a server holds would otherwise be such waiting.
/// </summary>
internal sealed class SpentTransactions : IDisposable
{
    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<TransactionKey, SpentTransaction> _byKey = new();

    // All that wait equally long lie in the order in which they run out.
    private readonly Dictionary<TimeSpan, Queue<SpentTransaction>> _waiting = [];
    private readonly TimeProvider _time;
    private readonly Action<SpentTransaction> _forgotten;
    private readonly ITimer _sweep;
    private bool _sweeping;
    private bool _closed;

    /// <param name="forgotten">Called for each whose time is over.</param>
    public SpentTransactions(TimeProvider time, Action<SpentTransaction> forgotten)
    {
        (_time, _forgotten) = (time, forgotten);
        _sweep = time.CreateTimer(
            static s => ((SpentTransactions)s!).Sweep(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public int Count => _byKey.Count;

    public SpentTransaction? Find(TransactionKey key) => _byKey.GetValueOrDefault(key);

    /// <param name="wait">How long repeats may come.</param>
    public void Add(SpentTransaction spent, TimeSpan wait)
    {
        lock (_waiting)
        {
            if (_closed) return;
            _byKey[spent.Key] = spent;
            if (!_waiting.TryGetValue(wait, out var queue)) _waiting[wait] = queue = new();
            queue.Enqueue(spent);
            if (!_sweeping) _sweep.Change(wait < SweepEvery ? wait : SweepEvery, Timeout.InfiniteTimeSpan);
            _sweeping = true;
        }
    }

    public void Dispose()
    {
        lock (_waiting)
        {
            _closed = true;
            _waiting.Clear();
            _byKey.Clear();
            _sweep.Dispose();
        }
    }

    private void Sweep()
    {
        var now = _time.GetTimestamp();
        lock (_waiting)
        {
            if (_closed) return;
            var left = false;
            foreach (var (_, queue) in _waiting)
            {
                while (queue.TryPeek(out var oldest) && oldest.ExpiresAt <= now)
                {
                    queue.Dequeue();
                    if (_byKey.TryRemove(new(oldest.Key, oldest))) _forgotten(oldest);
                }
                left |= queue.Count > 0;
            }
            _sweeping = left;
            if (left) _sweep.Change(_waiting.Keys.Min() is var least && least < SweepEvery ? least : SweepEvery, Timeout.InfiniteTimeSpan);
        }
    }
}
