using Tandem.Sip.Authentication;
using Tandem.Sip.Headers;
using Tandem.Sip.Messages;
using Tandem.Sip.UserAgents;

namespace Tandem.Sip.Tests.Authentication;

public sealed class DigestTests
{
    // RFC 2617 §3.5 and RFC 7616 §3.9.1.
    [Theory]
    [InlineData(DigestAlgorithm.Md5, "testrealm@host.com", "Circle Of Life", "dcd98b7102dd2f0e8b11d0f600bfb0c093", "0a4f113b", "6629fae49393a05397450978507c4ef1")]
    [InlineData(DigestAlgorithm.Md5, "http-auth@example.org", "Circle of Life", "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ", "8ca523f5e9506fed4657c9700eebdbec")]
    [InlineData(DigestAlgorithm.Sha256, "http-auth@example.org", "Circle of Life", "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1")]
    public void Responses_equal_those_of_the_rfcs(DigestAlgorithm algorithm, string realm, string password, string nonce, string cnonce, string response)
    {
        var challenge = new DigestChallenge(realm, nonce, algorithm) { OffersAuth = true };
        var value = DigestClient.Authorize("GET", "/dir/index.html", challenge, new DigestCredentials("Mufasa", password), cnonce, 1);
        Assert.Contains($"response=\"{response}\"", value, StringComparison.Ordinal);
    }

    private static SipRequest Register() => UserAgent.CreateRequest(SipMethods.Register, SipUri.Parse("sip:example.org"), SipUri.Parse("sip:7001@example.org"));

    private static (DigestServer Server, SipRequest Request) Answered(string password, TimeProvider time)
    {
        var server = new DigestServer("tandem", time);
        var request = Register();
        Assert.True(DigestClient.TryAuthorize(request, server.Challenge(request), new DigestCredentials("7001", password)));
        return (server, request);
    }

    private static Ha1? Find(string user) => user == "7001" ? Ha1.Of("7001", "tandem", "right") : null;

    [Fact]
    public void Right_password_is_accepted_once_and_the_repeat_is_stale()
    {
        var (server, request) = Answered("right", TimeProvider.System);
        Assert.Contains("SHA-256", request.Headers[HeaderNames.Authorization], StringComparison.Ordinal);
        Assert.Equal(DigestVerdict.Accepted, server.Verify(request, Find, out var user));
        Assert.Equal("7001", user);
        Assert.Equal(DigestVerdict.Stale, server.Verify(request, Find, out _));
    }

    [Fact]
    public void Wrong_password_and_unknown_user_are_not_told_apart()
    {
        var (server, request) = Answered("wrong", TimeProvider.System);
        Assert.Equal(DigestVerdict.Wrong, server.Verify(request, Find, out _));
        var (other, unknown) = Answered("right", TimeProvider.System);
        Assert.Equal(DigestVerdict.Wrong, other.Verify(unknown, _ => null, out _));
    }

    [Fact]
    public void Foreign_nonce_is_stale_and_missing_credentials_are_missing()
    {
        var (_, request) = Answered("right", TimeProvider.System);
        Assert.Equal(DigestVerdict.Stale, new DigestServer("tandem", TimeProvider.System).Verify(request, Find, out _));
        Assert.Equal(DigestVerdict.Missing, new DigestServer("tandem", TimeProvider.System).Verify(Register(), Find, out _));
    }

    [Fact]
    public void Md5_alone_is_answered_too()
    {
        var server = new DigestServer("tandem", TimeProvider.System);
        var request = Register();
        var challenge = server.Challenge(request);
        var md5 = challenge.Headers.Values(HeaderNames.WwwAuthenticate).Single(v => v.Contains("MD5", StringComparison.Ordinal));
        challenge.Headers[HeaderNames.WwwAuthenticate] = md5;
        Assert.True(DigestClient.TryAuthorize(request, challenge, new DigestCredentials("7001", "right")));
        Assert.Equal(DigestVerdict.Accepted, server.Verify(request, Find, out _));
    }

    [Fact]
    public async Task Registration_and_call_answer_challenges()
    {
        var server = new DigestServer("tandem", TimeProvider.System);
        await using var pair = new TestPair(caller: new UserAgentOptions { ContactUser = "7001", Credentials = new DigestCredentials("7001", "right") });
        pair.Callee.OnRequest = transaction =>
        {
            var verdict = server.Verify(transaction.Request, Find, out _);
            if (verdict != DigestVerdict.Accepted)
            {
                transaction.Respond(server.Challenge(transaction.Request));
                return;
            }
            var response = transaction.CreateResponse(200);
            response.Headers.Add(HeaderNames.Contact, transaction.Request.Headers[HeaderNames.Contact] + ";expires=60");
            transaction.Respond(response);
        };
        var at = SipUri.Of(null, pair.Callee.Endpoint.Listeners[0].Address);
        await using (var registration = pair.Caller.Register(SipUri.Parse("sip:7001@example.org"), at, null))
        {
            Assert.Equal(200, (await registration.First.WaitAsync(TimeSpan.FromSeconds(15), TestContext.Current.CancellationToken)).StatusCode);
        }
        Assert.Contains(pair.CalleeLog.Got, m => m.Headers[HeaderNames.Expires] == "0" && m.Headers.Contains(HeaderNames.Authorization));

        var log = new EventLog();
        pair.Callee.OnInvite = session =>
        {
            if (server.Verify(session.Invite, Find, out _) == DigestVerdict.Accepted) session.Accept(Sdps.Answer);
            else
            {
                var challenge = server.Challenge(session.Invite);
                session.Reject(401, null, [.. challenge.Headers.Values(HeaderNames.WwwAuthenticate).Select(v => (HeaderNames.WwwAuthenticate, v))]);
            }
        };
        pair.Caller.Invite(pair.InviteBob(), log.Take);
        await log.Next<SessionEvent.Answered>();
    }
}
