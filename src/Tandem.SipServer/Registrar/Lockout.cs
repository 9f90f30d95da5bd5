using System.Net;

namespace Tandem.SipServer.Registrar;

/// <summary>Ten wrong passwords for one user from one address lock that pair for a while, so that nobody can guess, and
/// nobody can lock a user out from elsewhere. Thread-safe.</summary>
internal sealed class Lockout(TimeProvider time)
{
    public const int Limit = 10;

    public static readonly TimeSpan Duration = TimeSpan.FromMinutes(5);

    private const int MaxEntries = 100_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<(string User, IPAddress From), (int Count, DateTimeOffset Until)> _wrong = [];

    public bool IsLocked(string user, IPAddress from)
    {
        lock (_lock) return _wrong.TryGetValue((user, from), out var entry) && entry.Count >= Limit && time.GetUtcNow() < entry.Until;
    }

    /// <summary>Counts one wrong password; true when this one locks.</summary>
    public bool Wrong(string user, IPAddress from)
    {
        var now = time.GetUtcNow();
        lock (_lock)
        {
            if (_wrong.Count >= MaxEntries) Forget(now);
            var old = _wrong.TryGetValue((user, from), out var entry) && now < entry.Until ? entry.Count : 0;
            _wrong[(user, from)] = (old + 1, now + Duration);
            return old + 1 == Limit;
        }
    }

    public void Right(string user, IPAddress from)
    {
        lock (_lock) _wrong.Remove((user, from));
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var (key, entry) in _wrong)
        {
            if (entry.Until <= now) _wrong.Remove(key);
        }

        if (_wrong.Count >= MaxEntries) _wrong.Clear();
    }
}
