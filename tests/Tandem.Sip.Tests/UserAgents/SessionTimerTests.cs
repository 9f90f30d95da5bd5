using System.Net;
using Tandem.Sip.Headers;
using Tandem.Sip.Messages;
using Tandem.Sip.Transport;
using Tandem.Sip.UserAgents;
using Tandem.TestKit;

namespace Tandem.Sip.Tests.UserAgents;

/// <summary>RFC 4028 over real sockets and a clock that the test moves.</summary>
public sealed class SessionTimerTests
{
    private readonly FakeTime _callerTime = new();
    private readonly FakeTime _calleeTime = new();
    private readonly EventLog _alice = new();
    private readonly EventLog _bob = new();
    private readonly TestObserver _calleeLog = new();

    private static UserAgent Make(FakeTime time, UserAgentOptions options, ISipObserver? observer = null) =>
        new(SipEndpoint.Start(new SipEndpointOptions { Listen = [new IPEndPoint(IPAddress.Loopback, 0)] }, time, observer), options);

    private async Task<(UserAgent Caller, UserAgent Callee, InviteSession Session)> Connect(TimeSpan? asked, TimeSpan least)
    {
        var caller = Make(_callerTime, new UserAgentOptions { ContactUser = "a", SessionExpires = asked });
        var callee = Make(_calleeTime, new UserAgentOptions { ContactUser = "b", MinSessionExpires = least }, _calleeLog);
        callee.OnInvite = session =>
        {
            session.OnEvent = _bob.Take;
            session.Accept(Sdps.Answer);
        };
        var to = SipUri.Of("b", callee.Endpoint.Listeners[0].Address);
        var session = caller.Invite(new OutgoingInvite(to, new NameAddress(SipUri.Of("a", "x"))) { Sdp = Sdps.Offer }, _alice.Take);
        var answered = await _alice.Next<SessionEvent.Answered>();
        await _bob.Next<SessionEvent.Acknowledged>();
        Assert.Equal(asked is not null, answered.Response.Headers.Contains(HeaderNames.SessionExpires));
        return (caller, callee, session);
    }

    [Fact]
    public async Task Caller_refreshes_at_half_the_interval_by_update()
    {
        var (caller, callee, session) = await Connect(TimeSpan.FromSeconds(120), TimeSpan.FromSeconds(90));
        await using var one = caller.Endpoint;
        await using var two = callee.Endpoint;
        for (var round = 1; round <= 3; round++)
        {
            _callerTime.Advance(TimeSpan.FromSeconds(60));
            await TestWait.Until(() => _calleeLog.Got.Count(m => m is SipRequest { Method: SipMethods.Update }) == round);
            // The answer is in when the session's timer runs again; no transaction's is as long.
            await TestWait.Until(() => _callerTime.FiresAfter(TimeSpan.FromSeconds(60)));
            _calleeTime.Advance(TimeSpan.FromSeconds(60));
        }
        Assert.Equal(InviteSessionState.Confirmed, session.State);
        Assert.Single(callee.Sessions);
    }

    [Fact]
    public async Task Callee_ends_a_session_that_nobody_refreshes()
    {
        var (caller, callee, _) = await Connect(TimeSpan.FromSeconds(120), TimeSpan.FromSeconds(90));
        await using var one = caller.Endpoint;
        await using var two = callee.Endpoint;
        // The caller's clock stands: it is dead. The callee ends it min(32, a third) before the end.
        _calleeTime.Advance(TimeSpan.FromSeconds(87));
        Assert.Single(callee.Sessions);
        _calleeTime.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(SessionEndCause.SessionExpired, (await _bob.Next<SessionEvent.Ended>()).Cause);
    }

    [Fact]
    public async Task Too_small_an_interval_is_raised_after_422()
    {
        var (caller, callee, session) = await Connect(TimeSpan.FromSeconds(100), TimeSpan.FromSeconds(300));
        await using var one = caller.Endpoint;
        await using var two = callee.Endpoint;
        Assert.Equal("300", session.Invite.Headers[HeaderNames.SessionExpires]);
        Assert.Equal(2u, session.Invite.CSeq.Number);
    }

    [Fact]
    public async Task Without_a_wish_there_is_no_timer()
    {
        var (caller, callee, _) = await Connect(null, TimeSpan.FromSeconds(90));
        await using var one = caller.Endpoint;
        await using var two = callee.Endpoint;
        _calleeTime.Advance(TimeSpan.FromHours(10));
        Assert.Single(callee.Sessions);
    }
}
