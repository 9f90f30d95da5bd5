namespace Tandem.Safekeeping.Uploading;

/// <summary>Spreads bytes over time; shared by all uploads of a client.</summary>
internal sealed class BandwidthCap(long bytesPerSecond, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly long _start = time.GetTimestamp();
    private TimeSpan _freeAt;

    /// <summary>Waits until that many bytes may go.</summary>
    public async Task WaitAsync(int bytes, CancellationToken stop)
    {
        if (bytesPerSecond <= 0)
            return;
        TimeSpan wait;
        lock (_lock)
        {
            var now = time.GetElapsedTime(_start);
            var begin = _freeAt > now ? _freeAt : now;
            _freeAt = begin + TimeSpan.FromSeconds((double)bytes / bytesPerSecond);
            wait = begin - now;
        }

        if (wait > TimeSpan.Zero)
            await Task.Delay(wait, time, stop);
    }
}
