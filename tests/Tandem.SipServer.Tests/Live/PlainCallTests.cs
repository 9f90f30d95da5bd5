using Tandem.Contracts.Cti;

namespace Tandem.SipServer.Tests.Live;

public sealed class PlainCallTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_unrecorded_call_needs_no_mcp()
    {
        await using var server = await LiveServer.StartAsync(true, ("5001", false), ("7001", false));
        var (caller, _, _) = await server.TalkAsync("5001", "7001");
        await caller.HangUpAsync(Stop);
        await server.ToldAsync("7001", CtiEventNames.Released);
        Assert.Equal(
        [
            "7001 Ringing other=5001 c1",
            "7001 Established other=5001 c1",
            "7001 Released other=5001 c1",
        ], server.Story("7001"));
        Assert.Equal(
        [
            "5001 Dialing other=7001 c1",
            "5001 Established other=7001 c1",
            "5001 Released other=7001 c1",
        ], server.Story("5001"));
        Assert.Empty(server.Mcp!.Told);
    }

    [Fact]
    public async Task A_recorded_call_says_recording_after_mcp_confirmed()
    {
        await using var server = await LiveServer.StartAsync(true, ("5001", false), ("7001", true));
        var (caller, _, _) = await server.TalkAsync("5001", "7001");
        await server.ToldAsync("7001", CtiEventNames.AttachedDataChanged);
        await caller.HangUpAsync(Stop);
        await server.ToldAsync("7001", CtiEventNames.Recording, 2);
        Assert.Equal(
        [
            "7001 Ringing other=5001 c1",
            "7001 Established other=5001 c1",
            "7001 Recording other=5001 c1 On:s1",
            "7001 AttachedDataChanged other=5001 c1 ON",
            "7001 Released other=5001 c1",
            "7001 Recording other=5001 c1 Off:s1",
        ], server.Story("7001"));
        Assert.Equal(
        [
            "5001 Dialing other=7001 c1",
            "5001 Established other=7001 c1",
            "5001 AttachedDataChanged other=7001 c1 ON",
            "5001 Released other=7001 c1",
        ], server.Story("5001"));
        Assert.Equal("record 7001", server.Mcp!.Told[0]);
        var file = server.Cti.Events.First(one => one.Name == CtiEventNames.Recording).Recording!.File;
        Assert.Matches("^[0-9A-V]{32}_7001_5001_7001_", file);
        for (var i = 0; i < 200 && server.Mcp.Legs > 0; i++)
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Stop);
        Assert.Equal(0, server.Mcp.Legs);
    }

    [Fact]
    public async Task Without_mcp_the_call_goes_on_and_says_why_it_is_not_recorded()
    {
        await using var server = await LiveServer.StartAsync(false, ("5001", false), ("7001", true));
        var (caller, _, _) = await server.TalkAsync("5001", "7001");
        await server.ToldAsync("7001", CtiEventNames.Recording);
        var said = server.Cti.Events.Last(one => one.Name == CtiEventNames.Recording);
        Assert.Equal(RecordingState.Failed, said.Recording!.State);
        Assert.Contains("MCP", said.Reason, StringComparison.Ordinal);
        Assert.False(caller.Over.IsCompleted);
        await caller.HangUpAsync(Stop);
        await server.ToldAsync("7001", CtiEventNames.Released);
        Assert.Equal(["7001 Released other=5001 c1"], server.Story("7001").Skip(3));
    }

    [Fact]
    public async Task A_caller_gives_up_and_the_phone_stops_ringing()
    {
        await using var server = await LiveServer.StartAsync(true, ("5001", false), ("7001", true));
        var caller = server.Phone("5001").Dial("7001");
        var rung = await server.Phone("7001").RingAsync(Stop);
        await caller.Ringing.WaitAsync(TimeSpan.FromSeconds(10), Stop);
        await caller.HangUpAsync(Stop);
        await rung.Over.WaitAsync(TimeSpan.FromSeconds(10), Stop);
        await server.ToldAsync("7001", CtiEventNames.Abandoned);
        Assert.Equal(["7001 Ringing other=5001 c1", "7001 Abandoned other=5001 c1"], server.Story("7001"));
        Assert.Equal(["5001 Dialing other=7001 c1", "5001 Released other=7001 c1"], server.Story("5001"));
    }

    [Fact]
    public async Task A_refused_call_is_over_for_both()
    {
        await using var server = await LiveServer.StartAsync(true, ("5001", false), ("7001", false));
        var caller = server.Phone("5001").Dial("7001");
        var rung = await server.Phone("7001").RingAsync(Stop);
        await rung.DisposeAsync();
        await caller.Over.WaitAsync(TimeSpan.FromSeconds(10), Stop);
        await server.ToldAsync("5001", CtiEventNames.Released);
        Assert.Equal(["7001 Ringing other=5001 c1", "7001 Released other=5001 c1 NoAnswer"], server.Story("7001"));
        Assert.Equal(["5001 Dialing other=7001 c1", "5001 Released other=7001 c1 NoAnswer"], server.Story("5001"));
    }

    [Fact]
    public async Task An_unknown_number_and_a_wrong_password_get_nowhere()
    {
        await using var server = await LiveServer.StartAsync(true, ("5001", false));
        var call = server.Phone("5001").Dial("9999");
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => call.Talking.WaitAsync(TimeSpan.FromSeconds(10), Stop));
        Assert.Contains("404", refused.Message, StringComparison.Ordinal);
        var wrong = await Assert.ThrowsAnyAsync<Exception>(() => server.NewPhone("5001", "guess").RegisterAsync(Stop));
        var unknown = await Assert.ThrowsAnyAsync<Exception>(() => server.NewPhone("4711", "guess").RegisterAsync(Stop));
        Assert.Equal(
            wrong.Message.Replace("5001", "", StringComparison.Ordinal),
            unknown.Message.Replace("4711", "", StringComparison.Ordinal));
        Assert.Contains("401", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_calls_at_once_at_one_dn_are_told_apart()
    {
        await using var server = await LiveServer.StartAsync(true, ("5001", false), ("5002", false), ("7001", true));
        var (first, held, one) = await server.TalkAsync("5001", "7001");
        await held.HoldAsync(true);
        var second = server.Phone("5002").Dial("7001");
        var ring = await server.Phone("7001").RingAsync(Stop);
        await ring.AnswerAsync(Stop);
        await server.ToldAsync("7001", CtiEventNames.Recording, 2);
        await second.HangUpAsync(Stop);
        await held.HoldAsync(false);
        await first.HangUpAsync(Stop);
        await server.ToldAsync("7001", CtiEventNames.Recording, 4);
        Assert.Equal(
        [
            "7001 Ringing other=5001 c1",
            "7001 Established other=5001 c1",
            "7001 Held other=5001 c1 Held",
            "7001 Ringing other=5002 c2",
            "7001 Established other=5002 c2",
            "7001 Released other=5002 c2",
            "7001 Recording other=5002 c2 Off:s2",
            "7001 Retrieved other=5001 c1 Retrieved",
            "7001 Released other=5001 c1",
            "7001 Recording other=5001 c1 Off:s1",
        ], server.Story("7001").Where(line => !line.Contains("AttachedData", StringComparison.Ordinal)
            && !line.Contains("On:", StringComparison.Ordinal)));
        Assert.NotEmpty(one);
    }
}
