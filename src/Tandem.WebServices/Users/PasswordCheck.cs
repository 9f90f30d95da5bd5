using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Tandem.Recordings;
using Tandem.WebServices.Store;

namespace Tandem.WebServices.Users;

/// <summary>Checks user name and password, locks an account after ten failures for 15 minutes (PCI DSS 8.3.4), and
/// remembers a good pair for five minutes, since Basic authentication repeats it on every request.</summary>
internal sealed class PasswordCheck(DataStore store, TimeProvider time)
{
    private const int FailuresBeforeLock = 10;
    private const long LockUs = 15 * 60 * 1_000_000L;
    private const long RememberUs = 5 * 60 * 1_000_000L;

    // A stored hash to compare with when the name is unknown, so that both cases take the same time.
    private static readonly string Nobody = Passwords.Hash(Tokens.Mint());
    private readonly byte[] _cacheKey = RandomNumberGenerator.GetBytes(32);
    private readonly ConcurrentDictionary<string, long> _remembered = new();

    public async Task<(SignInOutcome Outcome, UserAccount? User)> CheckAsync(string userName, string password, CancellationToken stop)
    {
        var name = userName.Trim().ToLowerInvariant();
        var user = await store.ReadAsync(db => db.Set<UserAccount>().FirstOrDefaultAsync(row => row.UserName == name, stop), stop);
        var nowUs = time.NowMicros();
        if (user?.LockedUntilUs > nowUs)
        {
            return (SignInOutcome.Locked, null);
        }

        var key = CacheKey(name, password, user?.PasswordHash ?? Nobody);
        if (user is not null && _remembered.TryGetValue(key, out var until) && until > nowUs)
        {
            return (SignInOutcome.Accepted, user);
        }

        if (!Passwords.Verify(password, user?.PasswordHash ?? Nobody) || user is null)
        {
            await CountAsync(user, nowUs, stop);
            return (SignInOutcome.WrongNameOrPassword, null);
        }

        Remember(key, nowUs);
        await ForgiveAsync(user, stop);
        return (SignInOutcome.Accepted, user);
    }

    private void Remember(string key, long nowUs)
    {
        foreach (var old in _remembered.Where(pair => pair.Value <= nowUs))
        {
            _remembered.TryRemove(old);
        }

        _remembered[key] = nowUs + RememberUs;
    }

    private string CacheKey(string name, string password, string hash) =>
        Convert.ToHexString(HMACSHA256.HashData(_cacheKey, Encoding.UTF8.GetBytes($"{name}\n{hash}\n{password}")));

    private async Task CountAsync(UserAccount? user, long nowUs, CancellationToken stop)
    {
        if (user is null)
        {
            return;
        }

        await store.WriteAsync(
            async db =>
            {
                var row = await db.Set<UserAccount>().SingleAsync(row => row.UserName == user.UserName, stop);
                row.FailedSignIns++;
                if (row.FailedSignIns >= FailuresBeforeLock)
                {
                    row.FailedSignIns = 0;
                    row.LockedUntilUs = nowUs + LockUs;
                }
            },
            stop);
    }

    private async Task ForgiveAsync(UserAccount user, CancellationToken stop)
    {
        if (user is { FailedSignIns: 0, LockedUntilUs: null })
        {
            return;
        }

        await store.WriteAsync(
            async db =>
            {
                var row = await db.Set<UserAccount>().SingleAsync(row => row.UserName == user.UserName, stop);
                (row.FailedSignIns, row.LockedUntilUs) = (0, null);
            },
            stop);
    }
}
