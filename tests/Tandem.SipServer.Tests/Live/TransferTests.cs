using Tandem.Contracts.Cti;
using Tandem.Lab.Phones;
using Tandem.Sip.Messages;

namespace Tandem.SipServer.Tests.Live;

/// <summary>Every scenario of docs/mapping.md with two agents: the whole story of each party.</summary>
public sealed class TransferTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Single_step_transfer_by_a_client()
    {
        await using var server = await StartAsync();
        var (caller, _, _) = await RecordedAsync(server);
        await server.AskAsync(CtiRequestNames.SingleStepTransfer, "7001", other: "7002");
        await AnswerAsync(server, "7002");
        await EndAsync(server, caller, "7002");
        AssertSingleStepTransfer(server);
        Assert.Equal(
            ["record 7001", "end", "unjoin 7001", "unjoin 7002", "join 7002", "record 7002", "end"], await server.Mcp!.ToldAsync(7));
    }

    [Fact]
    public async Task Single_step_transfer_by_the_phone()
    {
        await using var server = await StartAsync();
        var (caller, agent, _) = await RecordedAsync(server);
        await agent.ReferAsync(SipUri.Of("7002", "127.0.0.1", server.SipPort));
        await AnswerAsync(server, "7002");
        await EndAsync(server, caller, "7002");
        AssertSingleStepTransfer(server);
    }

    [Fact]
    public async Task The_transferors_early_bye_is_survived()
    {
        await using var server = await StartAsync();
        var (caller, agent, _) = await RecordedAsync(server);
        await agent.ReferAsync(SipUri.Of("7002", "127.0.0.1", server.SipPort));
        var ring = await server.Phone("7002").RingAsync(Stop);
        await agent.HangUpAsync(Stop);
        await server.ToldAsync("7001", CtiEventNames.Released);
        await ring.AnswerAsync(Stop);
        await server.ToldAsync("7002", CtiEventNames.Recording);
        Assert.False(caller.Over.IsCompleted);
        await EndAsync(server, caller, "7002");
        Assert.Equal("7001 Released c1 Transferred", server.Story("7001")[4]);
        Assert.Contains("5001 PartyChanged other=7002 third=7001 c1 Transferred", server.Story("5001"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_customer_who_hangs_up_while_a_transfer_rings_ends_it_at_once(bool transfer)
    {
        await using var server = await StartAsync();
        var (caller, agent, _) = await RecordedAsync(server);
        await server.AskAsync(transfer ? CtiRequestNames.SingleStepTransfer : CtiRequestNames.SingleStepConference, "7001", other: "7002");
        var ring = await server.Phone("7002").RingAsync(Stop);
        await caller.HangUpAsync(Stop);
        await Task.WhenAll(ring.Over, agent.Over).WaitAsync(TimeSpan.FromSeconds(10), Stop);
        await server.ToldAsync("7002", CtiEventNames.Abandoned);
        Assert.Equal(
            [.. Beginning, "7001 Released other=5001 c1", "7001 Recording other=5001 c1 Off:s1"], server.Story("7001"));
        var how = transfer ? "Transferred" : "Conferenced";
        Assert.Equal(
            [$"7002 Ringing other=5001 third=7001 c1 {how}", "7002 Abandoned other=5001 c1"], server.Story("7002"));
        Assert.Equal("5001 Released other=7001 c1", server.Story("5001")[^1]);
        Assert.Single(server.Cti.Batches, batch => batch.Any(one => one.Name == CtiEventNames.Released)
            && batch.Any(one => one.Name == CtiEventNames.Abandoned));
        await Phones.UntilAsync(() => server.Mcp!.Legs == 0, "the end of all legs");
    }

    [Theory]
    [InlineData(CtiRequestNames.SingleStepTransfer, "Transferred")]
    [InlineData(CtiRequestNames.SingleStepConference, "Conferenced")]
    public async Task Who_has_a_further_party_rung_takes_it_back_and_the_call_goes_on(string request, string how)
    {
        await using var server = await StartAsync();
        var (caller, agent, connId) = await RecordedAsync(server);
        await server.AskAsync(request, "7001", connId, "7002");
        var ring = await server.Phone("7002").RingAsync(Stop);
        await server.ToldAsync("7002", CtiEventNames.Ringing);
        await server.AskAsync(CtiRequestNames.ReconnectCall, "7001", connId);
        await ring.Over.WaitAsync(TimeSpan.FromSeconds(10), Stop);
        await server.ToldAsync("7002", CtiEventNames.Abandoned);
        Assert.Equal([$"7002 Ringing other=5001 third=7001 c1 {how}", "7002 Abandoned c1"], server.Story("7002"));
        Assert.Equal(Beginning, server.Story("7001"));
        Assert.False(caller.Over.IsCompleted || agent.Over.IsCompleted);
        await Phones.UntilAsync(() => server.Mcp!.Standing.SequenceEqual(["5001", "7001"]), "the end of the third leg");
    }

    [Fact]
    public async Task A_refused_transfer_leaves_the_call_as_it_was()
    {
        await using var server = await StartAsync();
        var (caller, _, _) = await RecordedAsync(server);
        await server.AskAsync(CtiRequestNames.SingleStepTransfer, "7001", other: "7002");
        await (await server.Phone("7002").RingAsync(Stop)).DisposeAsync();
        await server.ToldAsync("7002", CtiEventNames.Released);
        await caller.HangUpAsync(Stop);
        await server.ToldAsync("7001", CtiEventNames.Recording, 2);
        Assert.Equal(
        [
            "7001 Released other=5001 c1",
            "7001 Recording other=5001 c1 Off:s1",
        ], server.Story("7001").Skip(4));
        Assert.Equal(
            ["7002 Ringing other=5001 third=7001 c1 Transferred", "7002 Released c1 NoAnswer"], server.Story("7002"));
    }

    [Fact]
    public async Task Two_step_transfer_by_a_client()
    {
        await using var server = await StartAsync();
        var (caller, _, main) = await RecordedAsync(server);
        await ConsultAsync(server, CtiRequestNames.InitiateTransfer);
        await server.AskAsync(CtiRequestNames.CompleteTransfer, "7001", main);
        await server.ToldAsync("7002", CtiEventNames.Recording, 3);
        await EndAsync(server, caller, "7002");
        Assert.Equal(
        [
            .. Beginning,
            .. Consulting,
            "7001 Released other=7002 c2 Transferred",
            "7001 Recording other=7002 c2 Off:s2",
            "7001 Released other=5001 c1 Transferred",
            "7001 Recording other=5001 c1 Off:s1",
        ], server.Story("7001"));
        Assert.Equal(
        [
            .. Consulted,
            "7002 PartyChanged other=5001 third=7001 c2 prev=c1 Transferred",
            "7002 Recording other=7001 c1 Off:s1",
            "7002 Recording other=5001 c2 On:s2",
            "7002 AttachedDataChanged other=5001 c2 ON",
            "7002 Released other=5001 c2",
            "7002 Recording other=5001 c2 Off:s2",
        ], server.Story("7002"));
        Assert.Equal(
            ["record 7001", "unjoin 7001", "join 7001", "record 7001", "end", "end", "unjoin 7002", "join 7002", "record 7002"],
            await server.Mcp!.ToldAsync(9));
        SegmentsAreShared(server);
    }

    [Fact]
    public async Task Two_step_conference_by_a_client()
    {
        await using var server = await StartAsync();
        var (caller, _, main) = await RecordedAsync(server);
        await ConsultAsync(server, CtiRequestNames.InitiateConference);
        await server.AskAsync(CtiRequestNames.CompleteConference, "7001", main);
        await server.ToldAsync("7002", CtiEventNames.Recording, 3);
        await caller.HangUpAsync(Stop);
        await server.ToldAsync("7001", CtiEventNames.PartyDeleted);
        await server.AskAsync(CtiRequestNames.ReleaseCall, "7001", main);
        await server.ToldAsync("7002", CtiEventNames.Recording, 4);
        Assert.Equal(
        [
            .. Beginning,
            .. Consulting,
            "7001 Released other=7002 c2 Conferenced",
            "7001 Recording other=7002 c2 Off:s2",
            "7001 Retrieved c1 Retrieved",
            "7001 PartyAdded other=7002 third=7001 c1 Conferenced",
            "7001 PartyDeleted other=5001 c1",
            "7001 Released other=7002 c1",
            "7001 Recording other=7002 c1 Off:s1",
        ], server.Story("7001"));
        Assert.Equal(
        [
            .. Consulted,
            "7002 PartyChanged third=7001 c2 prev=c1 Conferenced",
            "7002 Recording other=7001 c1 Off:s1",
            "7002 Recording c2 On:s2",
            "7002 PartyDeleted other=5001 c2",
            "7002 Released other=7001 c2",
            "7002 Recording other=7001 c2 Off:s2",
        ], server.Story("7002"));
        Assert.Contains("5001 PartyAdded other=7002 third=7001 c1 Conferenced", server.Story("5001"));
    }

    [Fact]
    public async Task Single_step_conference_by_a_client()
    {
        await using var server = await StartAsync();
        var (caller, _, _) = await RecordedAsync(server);
        await server.AskAsync(CtiRequestNames.SingleStepConference, "7001", other: "7002");
        await AnswerAsync(server, "7002");
        await caller.HangUpAsync(Stop);
        await server.ToldAsync("7002", CtiEventNames.PartyDeleted);
        Assert.Equal(
        [
            .. Beginning,
            "7001 PartyAdded other=7002 third=7001 c1 Conferenced",
            "7001 PartyDeleted other=5001 c1",
        ], server.Story("7001"));
        Assert.Equal(
        [
            "7002 Ringing other=5001 third=7001 c1 Conferenced",
            "7002 Established third=7001 c1 Conferenced",
            "7002 Recording c1 On:s1",
            "7002 PartyDeleted other=5001 c1",
        ], server.Story("7002"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_consultation_that_comes_to_nothing_returns_to_the_call(bool refused)
    {
        await using var server = await StartAsync();
        var (caller, _, main) = await RecordedAsync(server);
        await server.AskAsync(CtiRequestNames.InitiateTransfer, "7001", other: "7002");
        var ring = await server.Phone("7002").RingAsync(Stop);
        await server.ToldAsync("7002", CtiEventNames.Ringing);
        if (refused) await ring.DisposeAsync();
        else await server.AskAsync(CtiRequestNames.ReconnectCall, "7001", main);
        await server.ToldAsync("7001", CtiEventNames.Retrieved);
        await EndAsync(server, caller, "7001");
        var how = refused ? " NoAnswer" : "";
        Assert.Equal(
        [
            .. Beginning,
            "7001 Held other=5001 c1 Held",
            "7001 Dialing other=7002 c2",
            $"7001 Released other=7002 c2{how}",
            "7001 Retrieved other=5001 c1 Retrieved",
            "7001 Released other=5001 c1",
            "7001 Recording other=5001 c1 Off:s1",
        ], server.Story("7001"));
        Assert.Equal(2, server.Story("7002").Count);
    }

    private static readonly string[] Beginning =
    [
        "7001 Ringing other=5001 c1",
        "7001 Established other=5001 c1",
        "7001 Recording other=5001 c1 On:s1",
        "7001 AttachedDataChanged other=5001 c1 ON",
    ];

    private static readonly string[] Consulting =
    [
        "7001 Held other=5001 c1 Held",
        "7001 Dialing other=7002 c2",
        "7001 Established other=7002 c2",
        "7001 Recording other=7002 c2 On:s2",
        "7001 AttachedDataChanged other=7002 c2 ON",
    ];

    private static readonly string[] Consulted =
    [
        "7002 Ringing other=7001 c1",
        "7002 Established other=7001 c1",
        "7002 Recording other=7001 c1 On:s1",
        "7002 AttachedDataChanged other=7001 c1 ON",
    ];

    private static Task<LiveServer> StartAsync() =>
        LiveServer.StartAsync(true, ("5001", false), ("7001", true), ("7002", true));

    private static async Task<(PhoneCall Caller, PhoneCall Agent, string ConnId)> RecordedAsync(LiveServer server)
    {
        var call = await server.TalkAsync("5001", "7001");
        await server.ToldAsync("7001", CtiEventNames.AttachedDataChanged);
        return call;
    }

    private static async Task AnswerAsync(LiveServer server, string dn)
    {
        await (await server.Phone(dn).RingAsync(Stop)).AnswerAsync(Stop);
        await server.ToldAsync(dn, CtiEventNames.Recording);
    }

    private static async Task ConsultAsync(LiveServer server, string request)
    {
        await server.AskAsync(request, "7001", other: "7002");
        await AnswerAsync(server, "7002");
        await server.ToldAsync("7002", CtiEventNames.AttachedDataChanged);
    }

    private static async Task EndAsync(LiveServer server, PhoneCall caller, string lastAgent)
    {
        await server.ToldAsync(lastAgent, CtiEventNames.AttachedDataChanged);
        await caller.HangUpAsync(Stop);
        var off = server.Cti.WaitAsync(
            one => one.ThisDN == lastAgent && one.Recording is { State: RecordingState.Off } && one.OtherDN == "5001",
            TimeSpan.FromSeconds(10), Stop);
        await off;
    }

    private static void SegmentsAreShared(LiveServer server)
    {
        var consult = server.Cti.Events
            .Where(one => one.Recording is { State: RecordingState.On } && one.CallType == CallType.Consult)
            .ToArray();
        Assert.Equal(["7001", "7002"], consult.Select(one => one.ThisDN));
        Assert.Single(consult.Select(one => one.Recording!.SegmentId).Distinct());
    }

    private static void AssertSingleStepTransfer(LiveServer server)
    {
        Assert.Equal(
            [.. Beginning, "7001 Released c1 Transferred", "7001 Recording c1 Off:s1"], server.Story("7001"));
        Assert.Equal(
        [
            "7002 Ringing other=5001 third=7001 c1 Transferred",
            "7002 Established other=5001 third=7001 c1 Transferred",
            "7002 Recording other=5001 c1 On:s1",
            "7002 AttachedDataChanged other=5001 c1 ON",
            "7002 Released other=5001 c1",
            "7002 Recording other=5001 c1 Off:s1",
        ], server.Story("7002"));
        Assert.Equal(
        [
            "5001 Dialing other=7001 c1",
            "5001 Established other=7001 c1",
            "5001 AttachedDataChanged other=7001 c1 ON",
            "5001 PartyChanged other=7002 third=7001 c1 Transferred",
            "5001 AttachedDataChanged other=7002 c1 ON",
            "5001 Released other=7002 c1",
        ], server.Story("5001"));
    }
}
