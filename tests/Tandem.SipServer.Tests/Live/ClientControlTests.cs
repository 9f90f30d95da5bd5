using Tandem.Contracts.Cti;
using Tandem.Lab.Clients;

namespace Tandem.SipServer.Tests.Live;

public sealed class ClientControlTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_client_answers_holds_retrieves_and_releases()
    {
        await using var server = await LiveServer.StartAsync(true, ("5001", false), ("7001", true));
        var caller = server.Phone("5001").Dial("7001");
        await server.Phone("7001").RingAsync(Stop);
        await server.ToldAsync("7001", CtiEventNames.Ringing);
        await server.AskAsync(CtiRequestNames.AnswerCall, "7001");
        await caller.Talking.WaitAsync(TimeSpan.FromSeconds(10), Stop);
        await server.ToldAsync("7001", CtiEventNames.Recording);
        await server.AskAsync(CtiRequestNames.HoldCall, "7001");
        await server.AskAsync(CtiRequestNames.RetrieveCall, "7001");
        await server.AskAsync(CtiRequestNames.ReleaseCall, "7001");
        await caller.Over.WaitAsync(TimeSpan.FromSeconds(10), Stop);
        Assert.Equal(
        [
            "7001 Ringing other=5001 c1",
            "7001 Established other=5001 c1",
            "7001 Recording other=5001 c1 On:s1",
            "7001 AttachedDataChanged other=5001 c1 ON",
            "7001 Held other=5001 c1 Held",
            "7001 Retrieved other=5001 c1 Retrieved",
            "7001 Released other=5001 c1",
            "7001 Recording other=5001 c1 Off:s1",
        ], server.Story("7001"));
        Assert.Equal(["record 7001", "unjoin 7001", "join 7001", "end"], await server.Mcp!.ToldAsync(4));
    }

    [Fact]
    public async Task A_client_makes_a_call_that_rings_its_own_phone_first()
    {
        await using var server = await LiveServer.StartAsync(true, ("5001", false), ("7001", true));
        var making = server.AskAsync(CtiRequestNames.MakeCall, "7001", other: "5001");
        await (await server.Phone("7001").RingAsync(Stop)).AnswerAsync(Stop);
        await making;
        await (await server.Phone("5001").RingAsync(Stop)).AnswerAsync(Stop);
        await server.ToldAsync("7001", CtiEventNames.AttachedDataChanged);
        Assert.Equal(
        [
            "7001 Dialing other=5001 c1",
            "7001 Established other=5001 c1",
            "7001 Recording other=5001 c1 On:s1",
            "7001 AttachedDataChanged other=5001 c1 ON",
        ], server.Story("7001"));
        Assert.Equal(["5001 Ringing other=7001 c1", "5001 Established other=7001 c1"], server.Story("5001").Take(2));
    }

    [Fact]
    public async Task Recording_is_started_paused_resumed_and_stopped_by_request()
    {
        await using var server = await LiveServer.StartAsync(true, ("5001", false), ("7001", false));
        await server.TalkAsync("5001", "7001");
        foreach (var message in new[] { "START", "PAUSE", "RESUME", "STOP" })
            await server.AskAsync(CtiRequestNames.PrivateService, "7001", message: $"GSIP_RECORD_{message}");
        Assert.Equal(
        [
            "7001 Recording other=5001 c1 On:s1",
            "7001 AttachedDataChanged other=5001 c1 ON",
            "7001 Recording other=5001 c1 Paused:s1",
            "7001 AttachedDataChanged other=5001 c1 PAUSED",
            "7001 Recording other=5001 c1 On:s1",
            "7001 AttachedDataChanged other=5001 c1 ON",
            "7001 Recording other=5001 c1 Off:s1",
            "7001 AttachedDataChanged other=5001 c1 OFF",
        ], server.Story("7001").Skip(2));
        Assert.Equal(["record 7001", "pause", "resume", "end"], await server.Mcp!.ToldAsync(4));
    }

    [Fact]
    public async Task A_refusal_of_mcp_has_its_cause()
    {
        await using var server = await LiveServer.StartAsync(true, ("5001", false), ("7001", true));
        server.Mcp!.Refusal = new(500, "the disk is full");
        await server.TalkAsync("5001", "7001");
        await server.ToldAsync("7001", CtiEventNames.Recording);
        var said = server.Cti.Events.Single(one => one.Name == CtiEventNames.Recording);
        Assert.Equal(RecordingState.Failed, said.Recording!.State);
        Assert.Contains("the disk is full", said.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agents_shift_with_automatic_after_call_work()
    {
        await using var server = await LiveServer.StartAsync(true, ("5001", false), ("7001", false));
        await server.PutAsync("/configuration/dns/7001", """{"record":false,"afterCallWorkSeconds":3600}""");
        await server.Cti.AskAsync(
            CtiRequestNames.AgentLogin, request => request with { ThisDN = "7001", AgentID = "a1" }, Stop);
        await server.AskAsync(CtiRequestNames.AgentReady, "7001");
        var (caller, _, _) = await server.TalkAsync("5001", "7001");
        await caller.HangUpAsync(Stop);
        await server.ToldAsync("7001", CtiEventNames.AgentNotReady);
        await server.AskAsync(CtiRequestNames.AgentReady, "7001");
        await server.AskAsync(CtiRequestNames.AgentLogout, "7001");
        Assert.Equal(
        [
            CtiEventNames.AgentLogin, CtiEventNames.AgentReady, CtiEventNames.Ringing, CtiEventNames.Established,
            CtiEventNames.Released, CtiEventNames.AgentNotReady, CtiEventNames.AgentReady, CtiEventNames.AgentLogout,
        ], server.Cti.Events
            .Where(one => one.ThisDN == "7001" && one.ReferenceID is null)
            .Select(one => one.Name));
        Assert.Equal("AfterCallWork", server.Cti.Events.Single(one => one.Name == CtiEventNames.AgentNotReady).WorkMode);
    }

    [Fact]
    public async Task Rights_are_kept_and_errors_have_codes()
    {
        await using var server = await LiveServer.StartAsync(true, ("5001", false), ("7001", false));
        await using var narrow = await CtiWatcher.OpenAsync(server.CtiUri, "token-of-the-narrow-one", ["7001"], Stop);
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => narrow.AskAsync(
            CtiRequestNames.RegisterAddress, request => request with { ThisDN = "5001" }, Stop));
        Assert.Contains("NotPermitted", refused.Message, StringComparison.Ordinal);
        var unknown = await Assert.ThrowsAnyAsync<Exception>(() => server.Cti.AskAsync(
            CtiRequestNames.RegisterAddress, request => request with { ThisDN = "1234" }, Stop));
        Assert.Contains("UnknownDN", unknown.Message, StringComparison.Ordinal);
        var wrong = await Assert.ThrowsAnyAsync<Exception>(() => server.AskAsync(CtiRequestNames.HoldCall, "7001"));
        Assert.Contains("UnknownConnID", wrong.Message, StringComparison.Ordinal);
        using var put = await server.SendAsync(
            HttpMethod.Put, "/configuration/dns/1", "{}", "token-of-the-narrow-one");
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, put.StatusCode);
    }

    [Fact]
    public async Task A_restart_keeps_registrations_agents_and_the_numbering_and_ends_calls()
    {
        await using var server = await LiveServer.StartAsync(true, ("5001", false), ("7001", true));
        await server.Cti.AskAsync(
            CtiRequestNames.AgentLogin, request => request with { ThisDN = "7001", AgentID = "a1" }, Stop);
        await server.TalkAsync("5001", "7001");
        await server.ToldAsync("7001", CtiEventNames.Recording);
        var seen = server.Cti.Events.Last(one => one is { Name: CtiEventNames.Recording }).Position!;
        await server.StopRoleAsync();
        await server.StartRoleAsync();
        await using var again = await ResumingClient.OpenAsync(server.CtiUri, LiveServer.Token, seen, "7001", Stop);
        var registered = again.Single(one => one.Name == CtiEventNames.Registered);
        Assert.True(registered.Snapshot!.InService);
        Assert.Equal("a1", registered.Snapshot.AgentID);
        Assert.Empty(registered.Snapshot.Calls);
        var missed = again.Where(one => one.Position is not null && one.Snapshot is null && one.ThisDN == "7001").ToArray();
        Assert.Equal(
            [CtiEventNames.AttachedDataChanged, CtiEventNames.Released, CtiEventNames.Recording],
            missed.Select(one => one.Name));
        Assert.All(missed, one => Assert.True(one.Position!.Number > seen.Number && one.Position.Epoch == seen.Epoch));
        var (caller, _, _) = await CallAgainAsync(server);
        await caller.HangUpAsync(Stop);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task After_call_work_ends_by_time_only_where_it_began_by_itself_after_a_restart_too(bool manual)
    {
        await using var server = await LiveServer.StartAsync(true, ("5001", false), ("7001", false));
        await server.PutAsync("/configuration/dns/7001", """{"password":"pw-7001","afterCallWorkSeconds":4}""");
        await server.ReadyAsync("7001");
        var (caller, _, _) = await server.TalkAsync("5001", "7001");
        if (manual)
            await server.Cti.AskAsync(
                CtiRequestNames.AgentNotReady, request => request with { ThisDN = "7001", WorkMode = "AfterCallWork" }, Stop);
        await caller.HangUpAsync(Stop);
        await server.ToldAsync("7001", CtiEventNames.AgentNotReady);
        var since = TimeProvider.System.GetUtcNow();
        await server.StopRoleAsync();
        await server.StartRoleAsync();
        while (TimeProvider.System.GetUtcNow() < since.AddSeconds(7)) await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Stop);
        await using var again = await ResumingClient.OpenAsync(server.CtiUri, LiveServer.Token, null, "7001", Stop);
        Assert.Equal(
            manual ? "AfterCallWork" : "Ready", again.Single(one => one.Name == CtiEventNames.Registered).Snapshot!.AgentState);
    }

    private static async Task<(Lab.Phones.PhoneCall Caller, Lab.Phones.PhoneCall Callee, int Unused)> CallAgainAsync(LiveServer server)
    {
        var caller = server.Phone("5001").Dial("7001");

        // The phone's first wait was used up by the call before the restart.
        var callee = await server.Phone("7001").RingAsync(Stop);
        await callee.AnswerAsync(Stop);
        await caller.Talking.WaitAsync(TimeSpan.FromSeconds(10), Stop);
        return (caller, callee, 0);
    }
}
