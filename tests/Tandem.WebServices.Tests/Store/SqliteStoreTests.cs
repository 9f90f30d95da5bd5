using Microsoft.EntityFrameworkCore;
using Tandem.TestKit;
using Tandem.WebServices.Devices;
using Tandem.WebServices.Store;

namespace Tandem.WebServices.Tests.Store;

public sealed class SqliteStoreTests
{
    [Fact]
    public async Task A_write_that_fails_leaves_its_neighbours_in_the_group_alone()
    {
        var stop = TestContext.Current.CancellationToken;
        using var folder = new TempFolder();
        await using var store = await SqliteStore.OpenAsync(folder.At("tandem.db"), stop);
        var writes = Enumerable.Range(0, 30).Select(i => store.WriteAsync(
            async db =>
            {
                db.Add(Row($"d{i}"));
                await db.SaveChangesAsync(stop);
                Assert.True(i % 3 != 0, "meant to fail");
            },
            stop)).ToList();
        foreach (var (write, i) in writes.Select((write, i) => (write, i)))
        {
            if (i % 3 == 0)
            {
                await Assert.ThrowsAsync<Xunit.Sdk.TrueException>(() => write);
            }
            else
            {
                await write;
            }
        }

        var kept = await store.ReadAsync(db => db.Set<DesiredRow>().Select(row => row.DeviceId).ToListAsync(stop), stop);
        Assert.Equal(Enumerable.Range(0, 30).Where(i => i % 3 != 0).Select(i => $"d{i}").Order(), kept.Order());
    }

    [Fact]
    public async Task A_change_counts_the_version_up()
    {
        var stop = TestContext.Current.CancellationToken;
        using var folder = new TempFolder();
        await using var store = await SqliteStore.OpenAsync(folder.At("tandem.db"), stop);
        await store.WriteAsync(db => { db.Add(Row("d")); return Task.CompletedTask; }, stop);
        await store.WriteAsync(async db => (await db.Set<DesiredRow>().SingleAsync(stop)).Revision = 5, stop);

        Assert.Equal(1, await store.ReadAsync(db => db.Set<DesiredRow>().Select(row => row.Version).SingleAsync(stop), stop));
    }

    private static DesiredRow Row(string id) => new() { DeviceId = id, Json = "{}" };
}
