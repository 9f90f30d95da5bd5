using Tandem.Contracts.Cti;

namespace Tandem.SipServer.Tests.Live;

/// <summary>Queues and routing points: whom they try, whom they let wait.</summary>
public sealed class QueueTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_agent_who_does_not_answer_is_set_not_ready_and_the_next_is_rung()
    {
        await using var server = await LiveServer.StartAsync(true, ("5001", false), ("7001", false), ("7002", false));
        await server.PutAsync("/configuration/groups/sales", """{"members":["7001","7002"]}""");
        await server.PutAsync(
            "/configuration/dns/8000",
            """{"type":"acdQueue","groups":["sales"],"delivery":{"agentRingSeconds":1,"notReadyOnNoAnswer":true}}""");
        await server.ReadyAsync("7001", "7002");
        var caller = server.Phone("5001").Dial("8000");
        var missed = await server.Phone("7001").RingAsync(Stop);
        var taken = await server.Phone("7002").RingAsync(Stop);
        await taken.AnswerAsync(Stop);
        await caller.Talking.WaitAsync(Patience, Stop);
        await missed.Over.WaitAsync(Patience, Stop);
        await server.ToldAsync("7001", CtiEventNames.AgentNotReady);
        var said = server.Cti.Events.Single(one => one.Name == CtiEventNames.AgentNotReady);
        Assert.Equal(("7001", "NoAnswer"), (said.ThisDN, said.Reason));
        Assert.Equal(["7001 Ringing other=5001 c1", "7001 Released other=5001 c1 NoAnswer"], server.Calls("7001"));
        await server.ToldAsync("5001", CtiEventNames.Established);
        Assert.Equal(["5001 Dialing other=8000 c1", "5001 Established other=7002 c1"], server.Calls("5001"));
    }

    [Fact]
    public async Task A_busy_agent_is_passed_over_and_the_caller_is_busy_when_nobody_is_left()
    {
        await using var server = await LiveServer.StartAsync(false, ("5001", false));
        await using var agent = await server.PhoneAsync("7001");
        await server.PutAsync("/configuration/dns/8000", """{"type":"routingPoint","members":["7001"]}""");
        await server.ReadyAsync("7001");
        var caller = server.Phone("5001").Dial("8000");
        (await agent.Rung.WaitAsync(Patience, Stop)).Reject(486);
        var why = await Assert.ThrowsAnyAsync<Exception>(() => caller.Talking.WaitAsync(Patience, Stop));
        Assert.Contains("486", why.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Cti.Events, one => one.Name == CtiEventNames.AgentNotReady);
    }

    [Fact]
    public async Task A_caller_hears_the_announcement_until_an_agent_is_ready_first_come_first_served()
    {
        await using var server = await LiveServer.StartAsync(true, ("5001", false), ("5002", false), ("7001", false));
        await server.PutAsync(
            "/configuration/dns/8000", """{"type":"acdQueue","members":["7001"],"delivery":{"announcement":"tone:music"}}""");
        var first = server.Phone("5001").Dial("8000");
        await Phones.UntilAsync(() => server.Mcp!.Played.Contains("play tone:music 5001"), "the first announcement");
        var second = server.Phone("5002").Dial("8000");
        await Phones.UntilAsync(() => server.Mcp!.Played.Contains("play tone:music 5002"), "the second announcement");
        Assert.False(first.Talking.IsCompleted);
        await server.ReadyAsync("7001");
        var taken = await server.Phone("7001").RingAsync(Stop);
        await taken.AnswerAsync(Stop);
        await first.Talking.WaitAsync(Patience, Stop);
        Assert.False(second.Talking.IsCompleted);
        await Phones.UntilAsync(() => server.Mcp!.Played.Contains("stop 5001"), "the end of the announcement");
        await first.HangUpAsync(Stop);
        await (await server.Phone("7001").RingAsync(Stop)).AnswerAsync(Stop);
        await second.Talking.WaitAsync(Patience, Stop);
        await Phones.UntilAsync(() => server.Mcp!.Played.Count == 4, "the end of the second announcement");
        Assert.Equal(
            ["play tone:music 5001", "play tone:music 5002", "stop 5001", "stop 5002"], server.Mcp!.Played);
    }

    [Fact]
    public async Task A_caller_who_waited_long_enough_is_busy_and_one_who_hangs_up_is_forgotten()
    {
        await using var server = await LiveServer.StartAsync(true, ("5001", false), ("5002", false), ("7001", false));
        await server.PutAsync(
            "/configuration/dns/8000",
            """{"type":"acdQueue","members":["7001"],"delivery":{"announcement":"tone:music","maxWaitSeconds":2}}""");
        var patient = server.Phone("5001").Dial("8000");
        var hasty = server.Phone("5002").Dial("8000");
        await Phones.UntilAsync(() => server.Mcp!.Legs == 2, "both announcements");
        await hasty.HangUpAsync(Stop);
        var why = await Assert.ThrowsAnyAsync<Exception>(() => patient.Talking.WaitAsync(Patience, Stop));
        Assert.Contains("486", why.Message, StringComparison.Ordinal);
        await Phones.UntilAsync(() => server.Mcp!.Legs == 0, "the end of both legs");
        await server.ReadyAsync("7001");
        await server.ToldAsync("7001", CtiEventNames.AgentReady);
        Assert.Empty(server.Calls("7001"));
    }
}
