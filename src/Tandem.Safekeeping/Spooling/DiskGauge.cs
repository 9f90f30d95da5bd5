namespace Tandem.Safekeeping.Spooling;

/// <summary>Asks the disk for its free bytes, at most once a second.</summary>
internal sealed class DiskGauge(string folder, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);
    private readonly DriveInfo _disk = new(Path.GetFullPath(folder));
    private readonly Lock _lock = new();
    private long _freeBytes;
    private long _askedAt;
    private bool _asked;

    public long FreeBytes
    {
        get
        {
            lock (_lock)
            {
                if (!_asked || time.GetElapsedTime(_askedAt) >= Fresh)
                {
                    _freeBytes = _disk.AvailableFreeSpace;
                    _askedAt = time.GetTimestamp();
                    _asked = true;
                }

                return _freeBytes;
            }
        }
    }

    /// <summary>ENOSPC, EDQUOT or Windows' counterparts.</summary>
    public static bool IsFull(IOException failure) => failure is DurableException { IsDiskFull: true }
        || (failure.HResult & 0xFFFF) is 28 or 122 && !OperatingSystem.IsWindows()
        || (failure.HResult & 0xFFFF) is 112 or 39 && OperatingSystem.IsWindows();
}
