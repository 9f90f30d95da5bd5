using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Tandem.WebServices.Store;

namespace Tandem.WebServices.Interactions;

/// <summary>Search by equality and time on indexed columns, newest first.</summary>
internal sealed record InteractionQuery(
    int Limit, string? Cursor, string? AgentId, string? Dn, string? From, string? To, string? CallUuid, string? Label)
{
    public const int LargestPage = 200;

    /// <summary>One sentence when the question cannot be asked.</summary>
    public string? Fault() =>
        Limit is < 1 or > LargestPage ? $"limit: 1 to {LargestPage}."
        : From is not null && !Iso.TryParse(From, out _) ? "from: an ISO 8601 instant."
        : To is not null && !Iso.TryParse(To, out _) ? "to: an ISO 8601 instant."
        : Cursor is not null && Position() is null ? "cursor: use the value of next as it came."
        : null;

    /// <summary>One row more than the page, to know whether there is a next one.</summary>
    public Task<List<Interaction>> ReadAsync(TandemDb db, CancellationToken stop)
    {
        var rows = db.Set<Interaction>().Where(row => row.Recorded);
        if (CallUuid is not null)
        {
            rows = rows.Where(row => row.CallUuid == CallUuid);
        }

        if (Iso.TryParse(From, out var fromUs))
        {
            rows = rows.Where(row => row.StartUs >= fromUs);
        }

        if (Iso.TryParse(To, out var toUs))
        {
            rows = rows.Where(row => row.StartUs < toUs);
        }

        if (AgentId is not null)
        {
            rows = rows.Where(row => db.Set<Party>().Any(party => party.CallUuid == row.CallUuid && party.AgentId == AgentId));
        }

        if (Dn is not null)
        {
            rows = rows.Where(row => db.Set<Party>().Any(party => party.CallUuid == row.CallUuid && party.Dn == Dn));
        }

        if (Label is not null)
        {
            var marked = $",{Label},";
            rows = rows.Where(row => row.Labels.Contains(marked));
        }

        if (Position() is var (startUs, uuid))
        {
            rows = rows.Where(row => row.StartUs < startUs || (row.StartUs == startUs && string.Compare(row.CallUuid, uuid) < 0));
        }

        return rows.OrderByDescending(row => row.StartUs).ThenByDescending(row => row.CallUuid).Take(Limit + 1).ToListAsync(stop);
    }

    public static string CursorAfter(Interaction last) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{last.StartUs}:{last.CallUuid}")));

    private (long StartUs, string CallUuid)? Position()
    {
        if (Cursor is null || !Base64Url.IsValid(Cursor))
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(Cursor));
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && long.TryParse(text.AsSpan(0, colon), CultureInfo.InvariantCulture, out var startUs)
            ? (startUs, text[(colon + 1)..])
            : null;
    }
}
