using Microsoft.EntityFrameworkCore;
using Tandem.Recordings;
using Tandem.WebServices.Store;
using Tandem.WebServices.Users;

namespace Tandem.WebServices.Devices;

/// <summary>One-use tokens of two minutes by which a workspace page vouches for its agent at the PC.</summary>
internal sealed class PairingTokens(DataStore store, TimeProvider time)
{
    private const long LifeUs = 2 * 60 * 1_000_000L;

    public async Task<string> MintAsync(string agentId, string userName, CancellationToken stop)
    {
        var token = Tokens.Mint();
        var nowUs = time.NowMicros();
        await store.WriteAsync(
            async db =>
            {
                await db.Set<PairingToken>().Where(row => row.ExpiresUs < nowUs).ExecuteDeleteAsync(stop);
                db.Add(new PairingToken
                {
                    TokenHash = Tokens.HashOf(token), AgentId = agentId, UserName = userName, ExpiresUs = nowUs + LifeUs,
                });
            },
            stop);
        return token;
    }

    /// <summary>Null when unknown, used or expired.</summary>
    public Task<(string AgentId, string UserName)?> RedeemAsync(string token, CancellationToken stop)
    {
        var hash = Tokens.HashOf(token);
        var nowUs = time.NowMicros();
        return store.WriteAsync(
            async db =>
            {
                var row = await db.Set<PairingToken>().FirstOrDefaultAsync(row => row.TokenHash == hash, stop);
                if (row is null or { UsedUs: not null } || row.ExpiresUs < nowUs)
                {
                    return ((string, string)?)null;
                }

                row.UsedUs = nowUs;
                return (row.AgentId, row.UserName);
            },
            stop);
    }
}
