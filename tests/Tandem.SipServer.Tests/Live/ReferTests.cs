using Tandem.Contracts.Cti;
using Tandem.Sip.Messages;
using Tandem.Sip.Transactions;
using Tandem.Sip.UserAgents;

namespace Tandem.SipServer.Tests.Live;

/// <summary>REFER from a phone: what it hears of the outcome, and what becomes of its call.</summary>
public sealed class ReferTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_phone_that_wants_no_subscription_gets_none()
    {
        await using var server = await LiveServer.StartAsync(true, ("5001", false), ("7002", false));
        await using var agent = await server.PhoneAsync("7003");
        var (customer, mine) = await server.AnswerAsync("5001", agent);
        var reply = await mine.RequestAsync(
            SipMethods.Refer, null, null, ("Refer-To", $"<{agent.Address("7002")}>"), ("Refer-Sub", "false"));
        Assert.Equal(202, reply.StatusCode);
        Assert.Equal("false", reply.Headers["Refer-Sub"]);
        await (await server.Phone("7002").RingAsync(Stop)).AnswerAsync(Stop);
        await Phones.UntilAsync(() => mine.State is InviteSessionState.Ended, "the end of the transferor's dialog");
        Assert.Empty(agent.Notified);
        Assert.False(customer.Over.IsCompleted);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Its_call_ends_when_it_has_answered_how_the_transfer_went_or_two_seconds_later(bool answers)
    {
        await using var server = await LiveServer.StartAsync(true, ("5001", false), ("7002", false));
        await using var agent = await server.PhoneAsync("7003");
        var (customer, mine) = await server.AnswerAsync("5001", agent);
        var told = new TaskCompletionSource<ServerTransaction>(TaskCreationOptions.RunContinuationsAsynchronously);
        agent.Reply = asked =>
        {
            if (asked.Request.BodyText.StartsWith("SIP/2.0 200", StringComparison.Ordinal)) told.TrySetResult(asked);
            else asked.Respond(200);
        };
        await mine.RequestAsync(SipMethods.Refer, null, null, ("Refer-To", $"<{agent.Address("7002")}>"));
        await (await server.Phone("7002").RingAsync(Stop)).AnswerAsync(Stop);
        var last = await told.Task.WaitAsync(Patience, Stop);
        var began = TimeProvider.System.GetTimestamp();
        await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System, Stop);
        Assert.Equal(InviteSessionState.Confirmed, mine.State);
        if (answers) last.Respond(200);
        await Phones.UntilAsync(() => mine.State is InviteSessionState.Ended, "the end of the transferor's dialog");
        if (answers) Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromMilliseconds(1_500));
        Assert.False(customer.Over.IsCompleted);
    }

    [Theory]
    [InlineData("<sip:7003@example.com>;cid=\"20398823.2UWQFN309shb3@referrer.example\"")]
    [InlineData(null)]
    public async Task Who_is_rung_learns_who_referred_him(string? referredBy)
    {
        await using var server = await LiveServer.StartAsync(true, ("5001", false));
        await using var agent = await server.PhoneAsync("7003");
        await using var other = await server.PhoneAsync("7004");
        var (_, mine) = await server.AnswerAsync("5001", agent);
        (string, string)[] said = referredBy is null ? [] : [("Referred-By", referredBy)];
        await mine.RequestAsync(SipMethods.Refer, null, null, [("Refer-To", $"<{agent.Address("7004")}>"), .. said]);
        var rung = await other.Rung.WaitAsync(Patience, Stop);
        Assert.Equal(referredBy, rung.Invite.Headers["Referred-By"]);
        other.Accept(rung);
        await Phones.UntilAsync(() => mine.State is InviteSessionState.Ended, "the end of the transferor's dialog");
    }

    [Theory]
    [InlineData(486)]
    [InlineData(404)]
    [InlineData(480)]
    [InlineData(603)]
    public async Task A_transfer_that_fails_says_why_and_leaves_the_call(int status)
    {
        var options = new Dictionary<string, string?> { ["ringSeconds"] = "5" };
        await using var server = await LiveServer.StartAsync(options, true, ("5001", false));
        await using var agent = await server.PhoneAsync("7003");
        await using var other = await server.PhoneAsync("7004");
        var (customer, mine) = await server.AnswerAsync("5001", agent);
        var target = status == 404 ? "9999" : "7004";
        var reply = await mine.RequestAsync(SipMethods.Refer, null, null, ("Refer-To", $"<{agent.Address(target)}>"));
        Assert.Equal(202, reply.StatusCode);
        if (status != 404)
        {
            var rung = await other.Rung.WaitAsync(Patience, Stop);
            if (status != 480) rung.Reject(status);
        }

        // Unanswered, the ringing ends after ringSeconds with a 408 of our own.
        var expected = status == 480 ? "SIP/2.0 408" : $"SIP/2.0 {status}";
        await Phones.UntilAsync(() => agent.Notified.Exists(body => body.StartsWith(expected, StringComparison.Ordinal)), expected);
        Assert.StartsWith("SIP/2.0 100", agent.Notified[0], StringComparison.Ordinal);
        Assert.Equal(InviteSessionState.Confirmed, mine.State);
        Assert.False(customer.Over.IsCompleted);
        Assert.DoesNotContain(server.Cti.Events, one => one is { ThisDN: "7003", Name: CtiEventNames.Released });
    }

    [Fact]
    public async Task Options_to_the_server_itself_is_answered_and_says_what_it_supports()
    {
        await using var server = await LiveServer.StartAsync(false);
        await using var phone = new TestPhone("9", server.SipPort);
        var response = await phone.Agent.RequestAsync(
            Sip.UserAgents.UserAgent.CreateRequest(SipMethods.Options, SipUri.Parse($"sip:127.0.0.1:{server.SipPort}"), SipUri.Parse("sip:a@x")));
        Assert.Equal(200, response.StatusCode);
        Assert.Equal(["replaces", "timer", "norefersub"], response.Headers.Elements("Supported"));
    }
}
