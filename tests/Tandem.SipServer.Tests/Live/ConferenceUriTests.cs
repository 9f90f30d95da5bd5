using Tandem.Contracts.Cti;
using Tandem.Sip.Headers;
using Tandem.Sip.Messages;
using Tandem.Sip.Sdp;
using Tandem.Sip.UserAgents;

namespace Tandem.SipServer.Tests.Live;

/// <summary>Conferences that a phone makes by conference URI (RFC 4579).</summary>
public sealed class ConferenceUriTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_phone_joins_its_two_calls_by_referring_them_to_the_conference(bool consultationFirst)
    {
        await using var server = await LiveServer.StartAsync(true, ("5001", false), ("7002", true));
        await using var agent = await server.PhoneAsync("7003", record: true);
        var (customer, first) = await server.AnswerAsync("5001", agent);
        Assert.True((await first.ReInviteAsync(TestPhone.Offer(SdpDirection.SendOnly))).IsAccepted);
        await server.ToldAsync("7003", CtiEventNames.Held);
        var (second, consulted) = await server.CallAsync(agent, "7002");
        await server.ToldAsync("7002", CtiEventNames.Recording);
        var (focus, uri) = await BeginAsync(agent);
        InviteSession[] order = consultationFirst ? [second, first] : [first, second];
        foreach (var session in order)
        {
            Assert.Equal(202, (await ReferAsync(session, uri)).StatusCode);
            await Phones.UntilAsync(() => session.State is InviteSessionState.Ended, "the end of a referred dialog");
        }

        await server.ToldAsync("7002", CtiEventNames.PartyChanged);
        await server.ToldAsync("5001", CtiEventNames.PartyAdded);
        Assert.Contains("7002 PartyChanged third=7003 c2 prev=c1 Conferenced", server.Calls("7002"));
        Assert.Contains("5001 PartyAdded other=7002 third=7003 c1 Conferenced", server.Calls("5001"));
        Assert.Equal(InviteSessionState.Confirmed, focus.State);
        Assert.Equal(2, agent.Notified.Count(body => body.StartsWith("SIP/2.0 200", StringComparison.Ordinal)));
        Assert.False(customer.Over.IsCompleted || consulted.Over.IsCompleted);

        // The one who began it leaves, and the others talk on.
        focus.End();
        await server.ToldAsync("5001", CtiEventNames.PartyDeleted);
        Assert.False(customer.Over.IsCompleted || consulted.Over.IsCompleted);
    }

    [Fact]
    public async Task A_phone_refers_its_call_then_a_number_and_another_phone_dials_in()
    {
        await using var server = await LiveServer.StartAsync(true, ("5001", false), ("7002", true));
        await using var agent = await server.PhoneAsync("7003", record: true);
        await using var guest = await server.PhoneAsync("7004");
        var (customer, first) = await server.AnswerAsync("5001", agent);
        var (focus, uri) = await BeginAsync(agent);
        Assert.Equal(202, (await ReferAsync(first, uri)).StatusCode);
        await Phones.UntilAsync(() => first.State is InviteSessionState.Ended, "the end of the referred dialog");
        Assert.Equal(202, (await ReferAsync(focus, agent.Address("7002"))).StatusCode);
        await (await server.Phone("7002").RingAsync(Stop)).AnswerAsync(Stop);
        await server.ToldAsync("5001", CtiEventNames.PartyAdded);
        var inside = await guest.CallAsync(uri.User!, true, Stop);
        await server.ToldAsync("5001", CtiEventNames.PartyAdded, 2);
        Assert.Equal(
        [
            "5001 PartyAdded other=7002 third=7003 c1 Conferenced",
            "5001 PartyAdded other=7004 third=7003 c1 Conferenced",
        ], server.Calls("5001").TakeLast(2));
        Assert.Equal(["7004 Dialing other=7003 c1", "7004 Established third=7003 c1 Conferenced"], server.Calls("7004"));
        Assert.Equal(4, server.Mcp!.Legs);
        inside.End();
        await server.ToldAsync("5001", CtiEventNames.PartyDeleted);
        Assert.False(customer.Over.IsCompleted);
    }

    [Fact]
    public async Task A_stranger_and_an_empty_conference_are_refused()
    {
        await using var server = await LiveServer.StartAsync(true, ("5001", false));
        await using var agent = await server.PhoneAsync("7003");
        await using var guest = await server.PhoneAsync("7004");
        var (focus, uri) = await BeginAsync(agent);
        Assert.False(await guest.Call(uri.User!).Answered.WaitAsync(Patience, Stop));
        Assert.Equal(202, (await ReferAsync(focus, agent.Address("5001"))).StatusCode);
        await Phones.UntilAsync(
            () => agent.Notified.Exists(body => body.StartsWith("SIP/2.0 603", StringComparison.Ordinal)), "the refusal");
        focus.End();
        await Phones.UntilAsync(() => server.Mcp!.Legs == 0, "the end of the conference's leg");
        Assert.False(await guest.Call(uri.User!).Answered.WaitAsync(Patience, Stop));
    }

    private static async Task<(InviteSession Session, SipUri Uri)> BeginAsync(TestPhone phone)
    {
        var session = await phone.CallAsync("conference", true, Stop);
        var answered = phone.Happened.OfType<SessionEvent.Answered>().Last().Response;
        var contact = NameAddress.Parse(answered.Headers[HeaderNames.Contact]!);
        Assert.True(contact.Parameters.Contains("isfocus"));
        return (session, contact.Uri);
    }

    private static Task<SipResponse> ReferAsync(InviteSession session, SipUri target) =>
        session.RequestAsync(SipMethods.Refer, null, null, ("Refer-To", $"<{target}>"));
}
