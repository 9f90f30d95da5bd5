namespace Tandem.Safekeeping.Spooling;

/// <summary>One syncfs for the whole spool at each interval; where there is none, each open stream by itself.</summary>
internal sealed class SpoolSync : IDisposable
{
    private readonly string _folder;
    private readonly SpoolAlarm _alarm;
    private readonly Func<IReadOnlyList<SpooledStream>> _open;
    private readonly ITimer _timer;
    private int _running;

    public SpoolSync(
        string folder, TimeSpan interval, TimeProvider time, SpoolAlarm alarm, Func<IReadOnlyList<SpooledStream>> open)
    {
        _folder = folder;
        _alarm = alarm;
        _open = open;
        _timer = time.CreateTimer(_ => Run(), null, interval, interval);
    }

    public void Dispose() => _timer.Dispose();

    private void Run()
    {
        // A disk that takes longer than the interval is not asked twice at once.
        if (Interlocked.Exchange(ref _running, 1) == 1)
            return;
        try
        {
            var open = _open();
            if (open.Count == 0)
                return;
            if (OperatingSystem.IsWindows())
            {
                foreach (var stream in open)
                    stream.Sync();
            }
            else
            {
                Durable.SyncFileSystem(_folder);
            }
        }
        catch (IOException failure)
        {
            _alarm.Raise(failure.Message);
        }
        finally
        {
            Volatile.Write(ref _running, 0);
        }
    }
}
