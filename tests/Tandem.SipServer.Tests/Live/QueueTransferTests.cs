using Tandem.Contracts.Cti;

namespace Tandem.SipServer.Tests.Live;

/// <summary>Transfers, consultations and calls of a client to a queue: one Ready agent after the other, as in a plain call.</summary>
public sealed class QueueTransferTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_transfer_goes_on_to_the_next_agent_when_one_does_not_answer()
    {
        await using var server = await StartAsync();
        var (caller, _, _) = await server.TalkAsync("5001", "7001");
        await server.AskAsync(CtiRequestNames.SingleStepTransfer, "7001", other: "8000");
        var missed = await server.Phone("7002").RingAsync(Stop);
        await (await server.Phone("7003").RingAsync(Stop)).AnswerAsync(Stop);
        await missed.Over.WaitAsync(Patience, Stop);
        await server.ToldAsync("5001", CtiEventNames.PartyChanged);
        Assert.Equal(
            ["7002 Ringing other=5001 third=7001 c1 Transferred", "7002 Released c1 NoAnswer"], server.Calls("7002"));
        Assert.Equal(
        [
            "7003 Ringing other=5001 third=7001 c1 Transferred", "7003 Established other=5001 third=7001 c1 Transferred",
        ], server.Calls("7003"));
        Assert.Equal("7001 Released c1 Transferred", server.Calls("7001").Last());
        var notReady = server.Cti.Events.Single(one => one.Name == CtiEventNames.AgentNotReady);
        Assert.Equal(("7002", "NoAnswer"), (notReady.ThisDN, notReady.Reason));
        Assert.False(caller.Over.IsCompleted);
    }

    [Fact]
    public async Task A_consultation_goes_on_to_the_next_agent_when_one_refuses()
    {
        await using var server = await StartAsync();
        await server.TalkAsync("5001", "7001");
        await server.AskAsync(CtiRequestNames.InitiateTransfer, "7001", other: "8000");
        (await server.Phone("7002").RingAsync(Stop)).Refuse(486);
        await (await server.Phone("7003").RingAsync(Stop)).AnswerAsync(Stop);
        await server.ToldAsync("7001", CtiEventNames.Established, 2);
        Assert.Equal(
        [
            "7001 Held other=5001 c1 Held", "7001 Dialing other=8000 c2", "7001 Established other=7003 c2",
        ], server.Calls("7001").Skip(2));
        Assert.Equal(["7003 Ringing other=7001 c1", "7003 Established other=7001 c1"], server.Calls("7003"));
    }

    [Fact]
    public async Task A_call_of_a_client_goes_on_to_the_next_agent_when_one_refuses()
    {
        await using var server = await StartAsync();
        var asked = server.AskAsync(CtiRequestNames.MakeCall, "7001", other: "8000");
        await (await server.Phone("7001").RingAsync(Stop)).AnswerAsync(Stop);
        await asked;
        (await server.Phone("7002").RingAsync(Stop)).Refuse(603);
        await (await server.Phone("7003").RingAsync(Stop)).AnswerAsync(Stop);
        await server.ToldAsync("7001", CtiEventNames.Established);
        Assert.Equal(["7001 Dialing other=8000 c1", "7001 Established other=7003 c1"], server.Calls("7001"));
    }

    [Fact]
    public async Task A_transfer_that_no_agent_takes_leaves_the_call_as_it_was()
    {
        await using var server = await StartAsync();
        var (caller, _, _) = await server.TalkAsync("5001", "7001");
        await server.AskAsync(CtiRequestNames.SingleStepTransfer, "7001", other: "8000");
        foreach (var dn in (string[])["7002", "7003"]) (await server.Phone(dn).RingAsync(Stop)).Refuse(486);
        await server.ToldAsync("7003", CtiEventNames.Released);
        Assert.Equal(2, server.Calls("7001").Count());
        Assert.False(caller.Over.IsCompleted);

        // Neither is still marked as being offered a call.
        var second = server.Phone("5002").Dial("8000");
        await (await server.Phone("7002").RingAsync(Stop)).AnswerAsync(Stop);
        await second.Talking.WaitAsync(Patience, Stop);
    }

    private static async Task<LiveServer> StartAsync()
    {
        var server = await LiveServer.StartAsync(
            true, ("5001", false), ("5002", false), ("7001", false), ("7002", false), ("7003", false));
        await server.PutAsync(
            "/configuration/dns/8000",
            """{"type":"acdQueue","members":["7002","7003"],"delivery":{"agentRingSeconds":1,"notReadyOnNoAnswer":true}}""");
        await server.ReadyAsync("7002", "7003");
        return server;
    }
}
