using Tandem.Contracts.Cti;
using Tandem.Sip.Messages;
using Tandem.Sip.Sdp;
using Tandem.Sip.Transport;
using Tandem.Sip.UserAgents;

namespace Tandem.SipServer.Tests.Live;

/// <summary>What phones do by themselves.</summary>
public sealed class PhoneControlTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(SdpDirection.SendOnly)]
    [InlineData(SdpDirection.Inactive)]
    [InlineData(null)]
    public async Task Hold_is_understood_in_every_form(SdpDirection? direction)
    {
        await using var server = await LiveServer.StartAsync(true, ("5001", false), ("7001", true));
        await using var phone = await server.PhoneAsync("5003");
        var (mine, theirs) = await server.CallAsync(phone, "7001");

        // The oldest form has no direction but c=0.0.0.0.
        var hold = direction is { } way
            ? TestPhone.Offer(way)
            : TestPhone.Offer().Replace("IN IP4 127.0.0.1", "IN IP4 0.0.0.0", StringComparison.Ordinal);
        Assert.True((await mine.ReInviteAsync(hold)).IsAccepted);
        await server.ToldAsync("5003", CtiEventNames.Held);
        Assert.True((await mine.ReInviteAsync(TestPhone.Offer())).IsAccepted);
        await server.ToldAsync("5003", CtiEventNames.Retrieved);
        Assert.Equal(
        [
            CtiEventNames.Dialing, CtiEventNames.Established, CtiEventNames.Held, CtiEventNames.Retrieved,
        ], server.Cti.Events
            .Where(one => one.ThisDN == "5003" && one.ConnID is not null && one.Name != CtiEventNames.AttachedDataChanged)
            .Select(one => one.Name));
        Assert.False(theirs.Over.IsCompleted);
        mine.End();
    }

    [Fact]
    public async Task A_phone_consults_and_transfers_by_refer_with_replaces()
    {
        await using var server = await LiveServer.StartAsync(true, ("5001", false), ("7002", true));
        await using var agent = await server.PhoneAsync("7003", record: true);
        var caller = server.Phone("5001").Dial("7003");
        var first = await agent.Rung.WaitAsync(TimeSpan.FromSeconds(10), Stop);
        agent.Accept(first);
        await caller.Talking.WaitAsync(TimeSpan.FromSeconds(10), Stop);
        await server.ToldAsync("7003", CtiEventNames.Recording);
        Assert.True((await first.ReInviteAsync(TestPhone.Offer(SdpDirection.SendOnly))).IsAccepted);
        await server.ToldAsync("7003", CtiEventNames.Held);
        var answering = AnswerAsync(server, "7002");
        var second = await agent.CallAsync("7002", true, Stop);
        await answering;
        await server.ToldAsync("7003", CtiEventNames.Recording, 2);
        var reply = await first.RequestAsync(
            SipMethods.Refer, null, null, ("Refer-To", TestPhone.Replacing(agent.Address("7002"), second)));
        Assert.Equal(202, reply.StatusCode);
        await server.ToldAsync("7002", CtiEventNames.Recording, 3);
        var story = server.Story("7002");
        Assert.Equal(
        [
            "7002 PartyChanged other=5001 third=7003 c2 prev=c1 Transferred",
            "7002 Recording other=7003 c1 Off:s1",
            "7002 Recording other=5001 c2 On:s2",
        ], story.Where(line => !line.Contains("Attached", StringComparison.Ordinal)).Skip(3));
        Assert.Contains(
            server.Cti.Events, one => one is { ThisDN: "7003", Name: CtiEventNames.Dialing, CallType: CallType.Consult });
        Assert.False(caller.Over.IsCompleted);
        for (var i = 0; i < 250 && first.State != InviteSessionState.Ended; i++)
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Stop);
        Assert.Contains(agent.Notified, body => body.StartsWith("SIP/2.0 200", StringComparison.Ordinal));
        Assert.Equal(InviteSessionState.Ended, first.State);
        Assert.Equal(InviteSessionState.Ended, second.State);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_offerless_invite_over_tcp_is_answered(bool recorded)
    {
        await using var server = await LiveServer.StartAsync(true, ("5001", false), ("7001", recorded));
        await using var phone = await server.PhoneAsync("5003", transport: SipTransport.Tcp);
        var (mine, theirs) = await server.CallAsync(phone, "7001", false);
        Assert.False(theirs.Over.IsCompleted);
        mine.End();
        await theirs.Over.WaitAsync(TimeSpan.FromSeconds(10), Stop);
    }

    [Fact]
    public async Task A_phone_that_unregisters_puts_its_dn_out_of_service()
    {
        await using var server = await LiveServer.StartAsync(true, ("5001", false));
        await using var phone = await server.PhoneAsync("5003");
        await phone.UnregisterAsync();
        await server.ToldAsync("5003", CtiEventNames.OutOfService);
        Assert.Equal(
            [CtiEventNames.BackInService, CtiEventNames.OutOfService],
            server.Cti.Events.Where(one => one.ThisDN == "5003" && one.ReferenceID is null).Select(one => one.Name));
    }

    [Fact]
    public async Task A_watcher_is_notified_of_a_dns_calls()
    {
        await using var server = await LiveServer.StartAsync(true, ("5001", false), ("7001", false));
        await using var phone = await server.PhoneAsync("5003");
        Assert.Equal(200, (await phone.SubscribeAsync("7001")).StatusCode);
        var (caller, _, connId) = await server.TalkAsync("5001", "7001");
        await caller.HangUpAsync(Stop);
        for (var i = 0; i < 250 && !Said(phone, "terminated"); i++)
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Stop);
        Assert.True(Said(phone, "<state>confirmed</state>"));
        Assert.True(Said(phone, $"<dialog id=\"{connId}\"><state>terminated</state>"));
    }

    [Fact]
    public async Task A_queue_delivers_to_the_longest_idle_ready_agent_and_is_busy_when_none_is()
    {
        await using var server = await LiveServer.StartAsync(true, ("5001", false), ("7001", false), ("7002", false));
        await server.PutAsync("/configuration/dns/8000", """{"type":"acdQueue","members":["7001","7002"]}""");
        var refused = server.Phone("5001").Dial("8000");
        var why = await Assert.ThrowsAnyAsync<Exception>(
            () => refused.Talking.WaitAsync(TimeSpan.FromSeconds(10), Stop));
        Assert.Contains("486", why.Message, StringComparison.Ordinal);
        foreach (var dn in new[] { "7002", "7001" })
        {
            await server.Cti.AskAsync(
                CtiRequestNames.AgentLogin, request => request with { ThisDN = dn, AgentID = $"a{dn}" }, Stop);
            await server.AskAsync(CtiRequestNames.AgentReady, dn);
        }

        var caller = server.Phone("5001").Dial("8000");
        await (await server.Phone("7002").RingAsync(Stop)).AnswerAsync(Stop);
        await caller.Talking.WaitAsync(TimeSpan.FromSeconds(10), Stop);
        await caller.HangUpAsync(Stop);
    }

    [Fact]
    public async Task A_lost_mcp_costs_the_recording_but_not_the_call()
    {
        await using var server = await LiveServer.StartAsync(true, ("5001", false), ("7001", true));
        var (caller, callee, _) = await server.TalkAsync("5001", "7001");
        await server.ToldAsync("7001", CtiEventNames.Recording);
        await server.Mcp!.DisposeAsync();
        await server.ToldAsync("7001", CtiEventNames.Recording, 2);
        var said = server.Cti.Events.Last(one => one.Name == CtiEventNames.Recording);
        Assert.Equal(RecordingState.Failed, said.Recording!.State);
        Assert.False(caller.Over.IsCompleted || callee.Over.IsCompleted);
        await caller.HangUpAsync(Stop);
        await callee.Over.WaitAsync(TimeSpan.FromSeconds(10), Stop);
    }

    private static bool Said(TestPhone phone, string text)
    {
        lock (phone.Notified) return phone.Notified.Exists(body => body.Contains(text, StringComparison.Ordinal));
    }

    private static async Task AnswerAsync(LiveServer server, string dn) =>
        await (await server.Phone(dn).RingAsync(Stop)).AnswerAsync(Stop);
}
