using Tandem.Sip.Headers;
using Tandem.Sip.Messages;
using Tandem.Sip.Transport;
using Tandem.Sip.UserAgents;

namespace Tandem.Sip.Tests.UserAgents;

public sealed class CallTests
{
    private readonly EventLog _alice = new();
    private readonly EventLog _bob = new();

    private Task<InviteSession> Incoming(TestPair pair)
    {
        var arrived = new TaskCompletionSource<InviteSession>(TaskCreationOptions.RunContinuationsAsynchronously);
        pair.Callee.OnInvite = session =>
        {
            session.OnEvent = _bob.Take;
            arrived.TrySetResult(session);
        };
        return arrived.Task.WaitAsync(TimeSpan.FromSeconds(15));
    }

    private async Task<(InviteSession Alice, InviteSession Bob)> Connect(TestPair pair, SipTransport transport = SipTransport.Udp)
    {
        var incoming = Incoming(pair);
        var alice = pair.Caller.Invite(pair.InviteBob(transport), _alice.Take);
        var bob = await incoming;
        bob.Accept(Sdps.Answer);
        await _alice.Next<SessionEvent.Answered>();
        await _bob.Next<SessionEvent.Acknowledged>();
        return (alice, bob);
    }

    [Theory]
    [InlineData(SipTransport.Udp)]
    [InlineData(SipTransport.Tcp)]
    public async Task Call_rings_is_answered_and_ends(SipTransport transport)
    {
        await using var pair = new TestPair();
        var incoming = Incoming(pair);
        var alice = pair.Caller.Invite(pair.InviteBob(transport), _alice.Take);
        var bob = await incoming;
        Assert.Equal(Sdps.Offer, bob.Invite.BodyText);
        Assert.Equal(transport, bob.Source!.Transport);
        bob.Ring();
        var ringing = await _alice.Next<SessionEvent.Provisional>();
        Assert.Equal(180, ringing.Response.StatusCode);
        bob.Accept(Sdps.Answer, ("X-Genesys-CallUUID", "ABC"));
        var answered = await _alice.Next<SessionEvent.Answered>();
        Assert.Equal(Sdps.Answer, answered.Response.BodyText);
        Assert.Equal("ABC", answered.Response.Headers["X-Genesys-CallUUID"]);
        await _bob.Next<SessionEvent.Acknowledged>();
        Assert.Equal(InviteSessionState.Confirmed, alice.State);
        Assert.Equal(InviteSessionState.Confirmed, bob.State);
        alice.Bye();
        Assert.Equal(SessionEndCause.LocalBye, (await _alice.Next<SessionEvent.Ended>()).Cause);
        Assert.Equal(SessionEndCause.RemoteBye, (await _bob.Next<SessionEvent.Ended>()).Cause);
        Assert.Empty(pair.Caller.Sessions);
        Assert.Empty(pair.Callee.Sessions);
    }

    [Fact]
    public async Task Late_offer_carries_the_answer_in_a_delayed_ack()
    {
        await using var pair = new TestPair();
        var incoming = Incoming(pair);
        var alice = pair.Caller.Invite(pair.InviteBob(sdp: null), _alice.Take);
        var bob = await incoming;
        Assert.Equal(0, bob.Invite.Body.Length);
        bob.Accept(Sdps.Offer);
        var answered = await _alice.Next<SessionEvent.Answered>();
        Assert.Equal(Sdps.Offer, answered.Response.BodyText);
        Assert.Equal(InviteSessionState.Answered, alice.State);
        // Long enough for a repeated 2xx, which must not be acknowledged by itself.
        await Task.Delay(TimeSpan.FromMilliseconds(700), TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Equal(InviteSessionState.Answered, bob.State);
        alice.Ack(Sdps.Answer);
        var ack = await _bob.Next<SessionEvent.Acknowledged>();
        Assert.Equal(Sdps.Answer, ack.Ack.BodyText);
    }

    [Fact]
    public async Task Caller_cancels_while_ringing()
    {
        await using var pair = new TestPair();
        var incoming = Incoming(pair);
        var alice = pair.Caller.Invite(pair.InviteBob(), _alice.Take);
        var bob = await incoming;
        bob.Ring();
        await _alice.Next<SessionEvent.Provisional>();
        alice.Cancel();
        await _bob.Next<SessionEvent.Cancelled>();
        Assert.Equal(487, (await _alice.Next<SessionEvent.Failed>()).Response.StatusCode);
        Assert.Equal(InviteSessionState.Ended, bob.State);
    }

    [Fact]
    public async Task Callee_rejects()
    {
        await using var pair = new TestPair();
        var incoming = Incoming(pair);
        pair.Caller.Invite(pair.InviteBob(), _alice.Take);
        (await incoming).Reject(486);
        Assert.Equal(486, (await _alice.Next<SessionEvent.Failed>()).Response.StatusCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ReInvite_changes_media_from_either_side(bool fromCaller)
    {
        await using var pair = new TestPair();
        var (alice, bob) = await Connect(pair);
        var (asking, answering) = fromCaller ? (alice, _bob) : (bob, _alice);
        var asked = asking.ReInviteAsync(Sdps.Offer.Replace("sendrecv", "sendonly", StringComparison.Ordinal));
        var offer = (await answering.Next<SessionEvent.ReInvite>()).Offer;
        Assert.Contains("a=sendonly", offer.Request.BodyText, StringComparison.Ordinal);
        offer.Accept(Sdps.Answer);
        var answer = await asked;
        Assert.True(answer.IsAccepted);
        Assert.Equal(Sdps.Answer, answer.Response.BodyText);
        await answering.Next<SessionEvent.Acknowledged>();
    }

    [Fact]
    public async Task Offerless_reInvite_brings_the_answer_in_the_ack()
    {
        await using var pair = new TestPair();
        var (alice, _) = await Connect(pair);
        var asked = alice.ReInviteAsync(null);
        var offer = (await _bob.Next<SessionEvent.ReInvite>()).Offer;
        Assert.Equal(0, offer.Request.Body.Length);
        offer.Accept(Sdps.Offer);
        (await asked).Ack(Sdps.Answer);
        Assert.Equal(Sdps.Answer, (await _bob.Next<SessionEvent.Acknowledged>()).Ack.BodyText);
    }

    [Theory]
    [InlineData(SipMethods.Info)]
    [InlineData(SipMethods.Refer)]
    [InlineData(SipMethods.Notify)]
    [InlineData(SipMethods.Message)]
    [InlineData(SipMethods.Options)]
    public async Task Requests_inside_the_dialog_reach_the_peer(string method)
    {
        await using var pair = new TestPair();
        var (_, bob) = await Connect(pair, SipTransport.Tcp);
        var asked = bob.RequestAsync(method, "application/test", "hello", ("X-Test", "1"));
        var request = (await _alice.Next<SessionEvent.Request>()).Transaction;
        Assert.Equal(method, request.Request.Method);
        Assert.Equal("hello", request.Request.BodyText);
        Assert.Equal("application/test", request.Request.ContentType);
        var response = request.CreateResponse(202);
        response.SetBody("text/plain", "yes");
        request.Respond(response);
        var got = await asked;
        Assert.Equal(202, got.StatusCode);
        Assert.Equal("yes", got.BodyText);
    }

    [Fact]
    public async Task Unknown_dialog_is_481_unknown_method_501_and_extension_420()
    {
        await using var pair = new TestPair();
        var at = SipUri.Of("bob", pair.Callee.Endpoint.Listeners[0].Address);
        var from = SipUri.Of("alice", "example.org");
        var bye = UserAgent.CreateRequest(SipMethods.Bye, at, from);
        bye.Headers[HeaderNames.To] = bye.To.WithTag("nobody").ToString();
        Assert.Equal(481, (await pair.Caller.RequestAsync(bye)).StatusCode);
        Assert.Equal(501, (await pair.Caller.RequestAsync(UserAgent.CreateRequest("FLY", at, from))).StatusCode);
        var options = UserAgent.CreateRequest(SipMethods.Options, at, from);
        options.Headers.Add(HeaderNames.Require, "teleport");
        var refused = await pair.Caller.RequestAsync(options);
        Assert.Equal(420, refused.StatusCode);
        Assert.Equal("teleport", refused.Headers[HeaderNames.Unsupported]);
        Assert.Equal(200, (await pair.Caller.RequestAsync(UserAgent.CreateRequest(SipMethods.Options, at, from))).StatusCode);
        Assert.Equal(405, (await pair.Caller.RequestAsync(UserAgent.CreateRequest(SipMethods.Register, at, from))).StatusCode);
    }

    [Fact]
    public async Task Reliable_provisional_is_acknowledged_by_prack()
    {
        await using var pair = new TestPair();
        var incoming = Incoming(pair);
        pair.Caller.Invite(pair.InviteBob() with { Headers = [(HeaderNames.Require, "100rel")] }, _alice.Take);
        var bob = await incoming;
        bob.Ring(183, Sdps.Answer);
        var early = await _alice.Next<SessionEvent.Provisional>();
        Assert.Equal(Sdps.Answer, early.Response.BodyText);
        Assert.True(early.Response.HasOption(HeaderNames.Require, "100rel"));
        await TestWait.Until(() => pair.CalleeLog.Got.Any(m => m is SipRequest { Method: SipMethods.Prack }));
        bob.Accept(null);
        await _alice.Next<SessionEvent.Answered>();
        await _bob.Next<SessionEvent.Acknowledged>();
    }
}
