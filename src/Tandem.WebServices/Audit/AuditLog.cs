using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Tandem.Recordings;
using Tandem.WebServices.Store;

namespace Tandem.WebServices.Audit;

/// <summary>Append-only, hash-chained: who signed in, played, exported, changed.</summary>
internal sealed class AuditLog(DataStore store, TimeProvider time)
{
    private const string Chain = "audit";
    private static readonly string Genesis = new('0', 64);

    public Task AppendAsync(string actor, string action, string target, string detail, CancellationToken stop) =>
        store.WriteAsync(db => AppendAsync(db, actor, action, target, detail, stop), stop);

    /// <summary>In the caller's transaction, so that the deed and its line stand or fall together.</summary>
    public async Task AppendAsync(TandemDb db, string actor, string action, string target, string detail, CancellationToken stop)
    {
        await store.LockChainAsync(db, Chain, stop);
        var last = db.Set<AuditEntry>().Local.MaxBy(entry => entry.Number)
            ?? await db.Set<AuditEntry>().AsNoTracking().OrderByDescending(entry => entry.Number).FirstOrDefaultAsync(stop);
        var entry = new AuditEntry
        {
            Number = (last?.Number ?? 0) + 1,
            TimeUs = time.NowMicros(),
            Actor = actor,
            Action = action,
            Target = target,
            Detail = detail,
            PreviousHash = last?.Hash ?? Genesis,
            Hash = "",
        };
        entry.Hash = HashOf(entry);
        db.Add(entry);
    }

    /// <summary>The number of the first line that was changed, removed or moved; null when the chain holds.</summary>
    public static long? FirstFault(IEnumerable<AuditEntry> inOrder)
    {
        var previous = Genesis;
        long number = 0;
        foreach (var entry in inOrder)
        {
            if (entry.Number != ++number || entry.PreviousHash != previous || entry.Hash != HashOf(entry))
            {
                return number;
            }

            previous = entry.Hash;
        }

        return null;
    }

    private static string HashOf(AuditEntry entry)
    {
        // Lengths before texts: no two different lines give the same bytes.
        var line = new StringBuilder();
        foreach (var text in (string[])[entry.PreviousHash, Number(entry.Number), Number(entry.TimeUs), entry.Actor, entry.Action, entry.Target, entry.Detail])
        {
            line.Append(CultureInfo.InvariantCulture, $"{text.Length}:{text};");
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(line.ToString())));
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
