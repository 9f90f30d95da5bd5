using Microsoft.EntityFrameworkCore;
using Tandem.Contracts.Cti;
using Tandem.WebServices.Store;

namespace Tandem.WebServices.Cti;

/// <summary>How far one source has been followed, in all and per DN, so that a replay is taken once only.</summary>
internal sealed class CtiPositions
{
    /// <summary>The key that stands for all DNs.</summary>
    public const string AllDns = "";
    private readonly Dictionary<string, CtiPosition> _known;

    private CtiPositions(Dictionary<string, CtiPosition> known) => _known = known;

    public CtiPosition? All => _known.GetValueOrDefault(AllDns);

    public static async Task<CtiPositions> LoadAsync(DataStore store, string sourceUri, CancellationToken stop)
    {
        var rows = await store.ReadAsync(db => db.Set<CtiPositionRow>().Where(row => row.SourceUri == sourceUri).ToListAsync(stop), stop);
        return new CtiPositions(rows.ToDictionary(row => row.Dn, row => new CtiPosition(row.Source, row.Epoch, row.Number)));
    }

    /// <summary>Whether this event was taken before.</summary>
    public bool Seen(CtiEvent about) =>
        about.Position is { } position
        && (Reaches(_known.GetValueOrDefault(AllDns), position) || Reaches(_known.GetValueOrDefault(about.ThisDN ?? AllDns), position));

    public void Remember(IReadOnlyDictionary<string, CtiPosition> positions)
    {
        foreach (var (dn, position) in positions)
        {
            _known[dn] = position;
        }
    }

    /// <summary>Whether <paramref name="next"/> is beyond what is known for all DNs.</summary>
    public bool Advances(CtiPosition next) => !Reaches(All, next);

    /// <summary>In the transaction of the batch.</summary>
    public static async Task SaveAsync(TandemDb db, CtiBatch batch, CancellationToken stop)
    {
        foreach (var (dn, position) in batch.Positions)
        {
            var row = await db.Set<CtiPositionRow>().FindAsync([batch.SourceUri, dn], stop);
            if (row is null)
            {
                row = new CtiPositionRow { SourceUri = batch.SourceUri, Dn = dn, Source = position.Source };
                db.Add(row);
            }

            (row.Source, row.Epoch, row.Number) = (position.Source, position.Epoch, position.Number);
        }
    }

    private static bool Reaches(CtiPosition? known, CtiPosition position) =>
        known is not null && known.Source == position.Source && known.Epoch == position.Epoch && known.Number >= position.Number;
}
