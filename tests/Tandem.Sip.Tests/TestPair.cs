using System.Net;
using Tandem.Sip.Headers;
using Tandem.Sip.Messages;
using Tandem.Sip.Transport;
using Tandem.Sip.UserAgents;

namespace Tandem.Sip.Tests;

/// <summary>Two user agents on loopback.</summary>
internal sealed class TestPair : IAsyncDisposable
{
    public TestPair(UserAgentOptions? callee = null, UserAgentOptions? caller = null)
    {
        Caller = Make(caller ?? new UserAgentOptions { ContactUser = "alice" }, CallerLog);
        Callee = Make(callee ?? new UserAgentOptions { ContactUser = "bob" }, CalleeLog);
    }

    public TestObserver CallerLog { get; } = new();

    public TestObserver CalleeLog { get; } = new();

    public UserAgent Caller { get; }

    public UserAgent Callee { get; }

    public static UserAgent Make(UserAgentOptions options, ISipObserver? observer = null) =>
        new(SipEndpoint.Start(new SipEndpointOptions { Listen = [new IPEndPoint(IPAddress.Loopback, 0)] }, TimeProvider.System, observer), options);

    /// <summary>An INVITE from Alice to Bob.</summary>
    public OutgoingInvite InviteBob(SipTransport transport = SipTransport.Udp, string? sdp = Sdps.Offer)
    {
        var to = SipUri.Of("bob", Callee.Endpoint.Listeners[0].Address);
        if (transport == SipTransport.Tcp) to = to with { Parameters = SipParameters.Of(("transport", "tcp")) };
        return new OutgoingInvite(to, new NameAddress(SipUri.Of("alice", "example.org"))) { Sdp = sdp };
    }

    public async ValueTask DisposeAsync()
    {
        await Caller.Endpoint.DisposeAsync();
        await Callee.Endpoint.DisposeAsync();
        Assert.Empty(CallerLog.Failures);
        Assert.Empty(CalleeLog.Failures);
    }
}
