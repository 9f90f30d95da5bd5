using Microsoft.EntityFrameworkCore;
using Tandem.Recordings;
using Tandem.WebServices.Store;

namespace Tandem.WebServices.Users;

/// <summary>Browser sessions, 12 hours each.</summary>
internal sealed class UserSessions(DataStore store, TimeProvider time)
{
    public const string Cookie = "tandem_session";
    private const long LifeUs = 12 * 3600 * 1_000_000L;

    /// <returns>The cookie's value and the row.</returns>
    public async Task<(string Token, UserSession Session)> OpenAsync(string userName, CancellationToken stop)
    {
        var token = Tokens.Mint();
        var nowUs = time.NowMicros();
        var session = new UserSession
        {
            TokenHash = Tokens.HashOf(token),
            UserName = userName,
            CsrfToken = Tokens.Mint(),
            CreatedUs = nowUs,
            ExpiresUs = nowUs + LifeUs,
        };
        await store.WriteAsync(
            async db =>
            {
                await db.Set<UserSession>().Where(old => old.ExpiresUs < nowUs).ExecuteDeleteAsync(stop);
                db.Add(session);
            },
            stop);
        return (token, session);
    }

    public Task<(UserAccount User, UserSession Session)?> FindAsync(string token, CancellationToken stop)
    {
        var hash = Tokens.HashOf(token);
        var nowUs = time.NowMicros();
        return store.ReadAsync(
            async db =>
            {
                var session = await db.Set<UserSession>().FirstOrDefaultAsync(row => row.TokenHash == hash && row.ExpiresUs > nowUs, stop);
                var user = session is null
                    ? null
                    : await db.Set<UserAccount>().FirstOrDefaultAsync(row => row.UserName == session.UserName, stop);
                return user is null ? ((UserAccount, UserSession)?)null : (user, session!);
            },
            stop);
    }

    public Task CloseAsync(string token, CancellationToken stop)
    {
        var hash = Tokens.HashOf(token);
        return store.WriteAsync(db => db.Set<UserSession>().Where(row => row.TokenHash == hash).ExecuteDeleteAsync(stop), stop);
    }
}
