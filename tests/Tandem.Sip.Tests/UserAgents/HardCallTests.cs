using System.Net;
using Tandem.Sip.Authentication;
using Tandem.Sip.Headers;
using Tandem.Sip.Messages;
using Tandem.Sip.Transactions;
using Tandem.Sip.Transport;
using Tandem.Sip.UserAgents;

namespace Tandem.Sip.Tests.UserAgents;

/// <summary>Loss, glare, forking: what goes wrong in the field.</summary>
public sealed class HardCallTests
{
    private static UserAgent Make(TestObserver log, string user) => new(
        SipEndpoint.Start(
            new SipEndpointOptions
            {
                Listen = [new IPEndPoint(IPAddress.Loopback, 0)],
                Timers = new SipTimers { T1 = TimeSpan.FromMilliseconds(60), T2 = TimeSpan.FromMilliseconds(400), T4 = TimeSpan.FromMilliseconds(500) },
            },
            TimeProvider.System, log),
        new UserAgentOptions { ContactUser = user });

    [Fact]
    public async Task Calls_stand_a_wire_that_loses_a_fifth()
    {
        var (callerLog, calleeLog) = (new TestObserver(), new TestObserver());
        var caller = Make(callerLog, "alice");
        var callee = Make(calleeLog, "bob");
        await using var one = caller.Endpoint;
        await using var two = callee.Endpoint;
        using var wire = new LossyWire(one.Listeners[0].Address, two.Listeners[0].Address, 0.2, 4711);
        var byes = 0;
        callee.OnInvite = session =>
        {
            session.Contact = $"<sip:bob@{wire.TowardsCallee}>";
            session.OnEvent = (_, happened) =>
            {
                if (happened is SessionEvent.ReInvite again) again.Offer.Accept(Sdps.Answer);
                else if (happened is SessionEvent.Request request) request.Transaction.Respond(200);
                else if (happened is SessionEvent.Ended { Cause: SessionEndCause.RemoteBye }) Interlocked.Increment(ref byes);
            };
            session.Ring();
            session.Accept(Sdps.Answer);
        };
        await Task.WhenAll(Enumerable.Range(0, 15).Select(_ => CallAsync(caller, wire)));
        await TestWait.Until(() => callee.Sessions.Count == 0 && caller.Sessions.Count == 0);
        Assert.Equal(15, byes);
        Assert.True(wire.Lost > 20, "the wire lost too little to prove anything");
        Assert.Empty(callerLog.Failures);
        Assert.Empty(calleeLog.Failures);
    }

    private static async Task CallAsync(UserAgent caller, LossyWire wire)
    {
        var invite = new OutgoingInvite(SipUri.Of("bob", wire.TowardsCallee), new NameAddress(SipUri.Of("alice", "x")))
        {
            Sdp = Sdps.Offer,
            Contact = $"<sip:alice@{wire.TowardsCaller}>",
        };
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var session = caller.Invite(invite, (_, happened) =>
        {
            if (happened is SessionEvent.Answered) answered.TrySetResult();
            if (happened is SessionEvent.Failed failed) answered.TrySetException(new InvalidOperationException(failed.Response.ToString()));
        });
        await answered.Task.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.True((await session.ReInviteAsync(Sdps.Offer)).IsAccepted);
        Assert.Equal(200, (await session.RequestAsync(SipMethods.Info, "text/plain", "x")).StatusCode);
        session.Bye();
    }

    [Fact]
    public async Task Two_reInvites_that_cross_both_succeed()
    {
        await using var pair = new TestPair();
        var got = new TaskCompletionSource<InviteSession>(TaskCreationOptions.RunContinuationsAsynchronously);
        pair.Callee.OnInvite = session =>
        {
            session.OnEvent = Handle;
            session.Accept(Sdps.Answer);
            got.TrySetResult(session);
        };
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var alice = pair.Caller.Invite(pair.InviteBob(), (session, happened) =>
        {
            if (happened is SessionEvent.Answered) answered.TrySetResult();
            Handle(session, happened);
        });
        await answered.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        var bob = await got.Task;
        var both = await Task.WhenAll(Again(alice), Again(bob)).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.All(both, answer => Assert.True(answer.IsAccepted, answer.Response.ToString()));

        static void Handle(InviteSession session, SessionEvent happened)
        {
            if (happened is SessionEvent.ReInvite again) again.Offer.Accept(Sdps.Answer);
        }

        // A local 491 (the peer's was being answered) is the caller's to repeat.
        async Task<InviteAnswer> Again(InviteSession session)
        {
            var answer = await session.ReInviteAsync(Sdps.Offer);
            while (answer.Response is { StatusCode: 491, IsLocal: true })
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
                answer = await session.ReInviteAsync(Sdps.Offer);
            }
            return answer;
        }
    }

    [Fact]
    public async Task Second_branch_of_a_forked_invite_is_acknowledged_and_ended()
    {
        var agent = TestPair.Make(new UserAgentOptions { ContactUser = "alice" });
        await using var endpoint = agent.Endpoint;
        using var peer = new RawPeer(endpoint);
        var log = new EventLog();
        agent.Invite(new OutgoingInvite(SipUri.Of("bob", peer.Address), new NameAddress(SipUri.Of("alice", "x"))) { Sdp = Sdps.Offer }, log.Take);
        var invite = await peer.Request();
        foreach (var tag in (string[])["one", "two", "one"])
        {
            var response = SipResponse.Create(invite, 200, null, tag);
            response.Headers.Add(HeaderNames.Contact, $"<sip:{tag}@{peer.Address}>");
            response.SetBody("application/sdp", Sdps.Answer);
            peer.Send(response.ToBytes());
        }
        await log.Next<SessionEvent.Answered>();
        var seen = new List<string>();
        while (seen.Count < 4)
        {
            var request = await peer.Request();
            seen.Add(request.Method + " " + request.ToTag);
            Assert.Equal(request.ToTag, request.RequestUri.User);
            if (request.Method == SipMethods.Bye) peer.Send(SipResponse.Create(request, 200).ToBytes());
        }
        Assert.Equal(["ACK one", "ACK one", "ACK two", "BYE two"], seen.Order());
    }

    [Fact]
    public async Task Answer_that_crosses_the_cancel_is_ended()
    {
        var agent = TestPair.Make(new UserAgentOptions { ContactUser = "alice" });
        await using var endpoint = agent.Endpoint;
        using var peer = new RawPeer(endpoint);
        var log = new EventLog();
        var session = agent.Invite(new OutgoingInvite(SipUri.Of("bob", peer.Address), new NameAddress(SipUri.Of("alice", "x"))) { Sdp = Sdps.Offer }, log.Take);
        var invite = await peer.Request();
        session.Cancel();
        var response = SipResponse.Create(invite, 200, null, "one");
        response.Headers.Add(HeaderNames.Contact, $"<sip:one@{peer.Address}>");
        peer.Send(response.ToBytes());
        Assert.Equal(487, (await log.Next<SessionEvent.Failed>()).Response.StatusCode);
        Assert.Equal(SipMethods.Ack, (await peer.Request()).Method);
        Assert.Equal(SipMethods.Bye, (await peer.Request()).Method);
    }

    [Fact]
    public async Task Invite_challenged_before_its_sender_was_back_is_cancelled_as_the_second()
    {
        var log = new EventLog();
        var quick = new QuickChallenger();
        var agent = TestPair.Make(
            new UserAgentOptions { ContactUser = "alice", Credentials = new DigestCredentials("alice", "secret") }, quick);
        await using var endpoint = agent.Endpoint;
        using var peer = new RawPeer(endpoint);
        quick.Peer = peer;
        var session = agent.Invite(new OutgoingInvite(SipUri.Of("bob", peer.Address), new NameAddress(SipUri.Of("alice", "x"))) { Sdp = Sdps.Offer }, log.Take);
        var second = await quick.Second.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        peer.Send(SipResponse.Create(second, 180, null, "one").ToBytes());
        await log.Next<SessionEvent.Provisional>();
        session.Cancel();
        var cancel = await peer.Request();
        while (cancel.Method != SipMethods.Cancel) cancel = await peer.Request();
        Assert.Equal(second.TopVia!.Branch, cancel.TopVia!.Branch);
    }

    /// <summary>Answers the first INVITE with a challenge in the moment in which it is sent, and lets its sender go on only when the
    /// second is out: what a busy machine does by itself.</summary>
    private sealed class QuickChallenger : ISipObserver
    {
        private int _challenged;

        public RawPeer? Peer { get; set; }

        public TaskCompletionSource<SipRequest> Second { get; } = new();

        public void Sent(SipMessage message, SipDestination destination)
        {
            if (message is not SipRequest { Method: SipMethods.Invite } invite) return;
            if (invite.CSeq.Number == 2) Second.TrySetResult(invite);
            if (Interlocked.Exchange(ref _challenged, 1) == 1) return;
            Peer!.Send(new DigestServer("lab", TimeProvider.System).Challenge(invite, proxy: true).ToBytes());
            Assert.True(Second.Task.Wait(TimeSpan.FromSeconds(10)));
        }
    }

    [Fact]
    public async Task Lost_dialog_is_noticed()
    {
        await using var pair = new TestPair();
        var got = new TaskCompletionSource<InviteSession>(TaskCreationOptions.RunContinuationsAsynchronously);
        pair.Callee.OnInvite = session =>
        {
            session.Accept(Sdps.Answer);
            got.TrySetResult(session);
        };
        var log = new EventLog();
        var alice = pair.Caller.Invite(pair.InviteBob(), log.Take);
        await log.Next<SessionEvent.Answered>();
        pair.Callee.Remove(await got.Task);
        Assert.Equal(481, (await alice.ReInviteAsync(Sdps.Offer)).Response.StatusCode);
        Assert.Equal(SessionEndCause.DialogLost, (await log.Next<SessionEvent.Ended>()).Cause);
    }
}
