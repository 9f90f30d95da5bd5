using System.Net.WebSockets;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tandem.Contracts.Cti;
using Tandem.Contracts.Srs;
using Tandem.WebServices.Audit;
using Tandem.WebServices.Store;
using Tandem.WebServices.Tests.Client;

namespace Tandem.WebServices.Tests.Desks;

/// <summary>Who may watch, what the PC is told, what is handed on, and what the audit trail says.</summary>
public sealed class LiveWatchingTests
{
    [Fact]
    public async Task A_supervisor_is_handed_the_screen_and_the_device_sends_only_while_somebody_watches()
    {
        await using var site = await Site.StartAsync();
        await using var recorder = await site.RecorderAsync("a1");
        await site.StartWorkAsync("a1");
        await site.Cti.BatchAsync(Site.Event(CtiEventNames.Established));
        await site.Cti.BatchAsync(Site.Recording(RecordingState.On));
        Assert.False((await recorder.CommandAsync(state => state.On)).Live);
        Assert.Equal(400, await recorder.LiveStatusAsync());

        using var watcher = await WatchAsync(site, "admin", site.AdminPassword);
        Assert.True((await recorder.CommandAsync(state => state.Live)).On);
        Assert.True(await WatchedAsync(site));
        await recorder.SendLiveAsync("{\"part\":0}", [LivePart.Init, 7], [LivePart.KeyFragment, 8]);
        Assert.Equal("{\"part\":0}", await ReadAsync(watcher));
        Assert.Equal("\u0007", await ReadAsync(watcher));
        Assert.Equal("\b", await ReadAsync(watcher));
        const string two = """{"captureId":"c","part":1,"codec":"v","width":2,"height":1,"tracks":[{"codec":"v","monitor":{"name":"A"}},{"codec":"v","monitor":{"name":"B"}}]}""";
        await recorder.SendLiveAsync(two, [LivePart.Init + LivePart.TrackUnit, 7]);
        Assert.Equal(two, await ReadAsync(watcher));
        Assert.Equal("\u0012\u0007", await ReadAsync(watcher));

        await watcher.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Http.Stop);
        Assert.True((await recorder.CommandAsync(state => !state.Live)).On);
        Assert.False(await WatchedAsync(site));
        await Eventually.AsyncOf(
            async () => (await AuditAsync(site)).Count(line => line is { Actor: "admin", Action: "live-watched" or "live-ended", Target: "a1" }) == 2 ? "both" : null,
            "both lines");
    }

    [Fact]
    public async Task An_agent_may_not_watch_and_the_device_is_told_nothing()
    {
        await using var site = await Site.StartAsync();
        await using var recorder = await site.RecorderAsync("a1");
        var refused = await Assert.ThrowsAsync<WebSocketException>(() => WatchAsync(site, "a1", Site.Password));
        Assert.Contains("403", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(await AuditAsync(site), line => line.Action == "live-watched");
    }

    private static async Task<ClientWebSocket> WatchAsync(Site site, string user, string password)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"))}");
        await socket.ConnectAsync(new Uri(site.Web.Address.ToString().Replace("http", "ws", StringComparison.Ordinal) + "api/v2/agents/a1/screen/live"), Http.Stop);
        return socket;
    }

    private static Task<List<AuditEntry>> AuditAsync(Site site) =>
        site.Web.Services.GetRequiredService<DataStore>().ReadAsync(db => db.Set<AuditEntry>().ToListAsync(Http.Stop), Http.Stop);

    private static async Task<string> ReadAsync(ClientWebSocket socket)
    {
        var buffer = new byte[256];
        var read = await socket.ReceiveAsync(buffer, Http.Stop).WaitAsync(TimeSpan.FromSeconds(30), Http.Stop);
        return Encoding.ASCII.GetString(buffer, 0, read.Count);
    }

    private static async Task<bool> WatchedAsync(Site site)
    {
        using var client = site.Web.As("a1", Site.Password);
        return (await client.GetJsonAsync("/api/v2/me/state"))["screen"]!["watched"]!.GetValue<bool>();
    }
}
