using Microsoft.EntityFrameworkCore;
using Tandem.TestKit;
using Tandem.WebServices.Audit;
using Tandem.WebServices.Store;

namespace Tandem.WebServices.Tests.Audit;

public sealed class AuditTests
{
    [Fact]
    public async Task Any_changed_removed_or_moved_line_breaks_the_chain()
    {
        var stop = TestContext.Current.CancellationToken;
        using var folder = new TempFolder();
        await using var store = await SqliteStore.OpenAsync(folder.At("tandem.db"), stop);
        var audit = new AuditLog(store, TimeProvider.System);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => audit.AppendAsync("admin", "played", $"s{i}", "", stop)));
        var lines = await store.ReadAsync(db => db.Set<AuditEntry>().OrderBy(line => line.Number).ToListAsync(stop), stop);
        Assert.Equal(20, lines.Count);
        Assert.Null(AuditLog.FirstFault(lines));

        Assert.Equal(8, AuditLog.FirstFault(lines.Where(line => line.Number != 8)));
        Assert.Equal(1, AuditLog.FirstFault(lines.Skip(1)));
        lines[4].Target = "other";
        Assert.Equal(5, AuditLog.FirstFault(lines));
    }
}
