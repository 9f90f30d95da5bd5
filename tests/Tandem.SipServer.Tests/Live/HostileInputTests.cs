using System.Diagnostics;
using System.Text.RegularExpressions;
using Tandem.Contracts.Cti;
using Tandem.Sip.Authentication;
using Tandem.Sip.Messages;
using Tandem.SipServer.Registrar;
using Tandem.TestKit;

namespace Tandem.SipServer.Tests.Live;

/// <summary>What strangers get, and what those who talk notice of them.</summary>
[Collection(AloneTestGroup.Name)]
public sealed partial class HostileInputTests(ITestOutputHelper output)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("REGISTER", 401)]
    [InlineData("INVITE", 407)]
    [InlineData("SUBSCRIBE", 401)]
    [InlineData("OPTIONS", 200)]
    [InlineData("MESSAGE", 405)]
    [InlineData("NOTIFY", 481)]
    public async Task Scanners_learn_nothing_from_the_answers(string method, int status)
    {
        await using var server = await LiveServer.StartAsync(false, ("7001", false));
        using var scanner = new RawSender(server.SipPort);
        var more = method == "SUBSCRIBE" ? "Event: dialog\r\n" : "";
        var wrong = await WrongPasswordAsync(scanner, method, "7001", more);
        var unknown = await WrongPasswordAsync(scanner, method, "7999", more);
        var known = await scanner.AskAsync(scanner.Request(method, "7001", 1, more));
        var nobody = await scanner.AskAsync(scanner.Request(method, "7999", 2, more));
        Assert.Equal(status, known.StatusCode);
        Assert.Equal(Shape(known), Shape(nobody));
        Assert.Equal(Shape(known), Shape(wrong));
        Assert.Equal(Shape(known), Shape(unknown));
    }

    [Fact]
    public async Task Ten_wrong_passwords_lock_even_the_right_one_out_and_are_logged_once()
    {
        await using var server = await LiveServer.StartAsync(false, ("7001", false));
        using var thief = new RawSender(server.SipPort);
        SipResponse last = null!;
        for (var i = 0; i < Lockout.Limit + 3; i++) last = await WrongPasswordAsync(thief, "REGISTER", "7001", "");
        Assert.Equal(401, last.StatusCode);
        var locked = Assert.Single(server.Log.Lines, line => line.Contains("is locked", StringComparison.Ordinal));
        Assert.Contains("7001", locked, StringComparison.Ordinal);
        Assert.Contains("127.0.0.1", locked, StringComparison.Ordinal);
        var owner = server.NewPhone("7001");
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => owner.RegisterAsync(Stop));
        Assert.Contains("401", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_reaches_outside_unless_a_trunk_takes_the_number_and_no_stranger_uses_it()
    {
        await using var server = await LiveServer.StartAsync(false, ("5001", false));
        await using var carrier = new TestPhone("carrier", server.SipPort);
        await Assert.ThrowsAnyAsync<Exception>(() => server.Phone("5001").Dial("0049891234").Talking.WaitAsync(TimeSpan.FromSeconds(30), Stop));
        var port = carrier.Agent.Endpoint.Listeners[0].Address.Port;
        await server.PutAsync("/configuration/trunks/carrier", $$"""{"address":"127.0.0.1","port":{{port}},"prefixes":["0049"]}""");
        using var stranger = new RawSender(server.SipPort);
        Assert.Equal(407, (await stranger.AskAsync(stranger.Request("INVITE", "0049891234", 1))).StatusCode);
        await Assert.ThrowsAnyAsync<Exception>(() => server.Phone("5001").Dial("0033").Talking.WaitAsync(TimeSpan.FromSeconds(30), Stop));
        var call = server.Phone("5001").Dial("0049891234");
        carrier.Accept(await carrier.Rung.WaitAsync(TimeSpan.FromSeconds(30), Stop));
        await call.Talking.WaitAsync(TimeSpan.FromSeconds(30), Stop);
        var inbound = carrier.Call("5001");
        await (await server.Phone("5001").RingAsync(Stop)).AnswerAsync(Stop);
        Assert.True(await inbound.Answered.WaitAsync(TimeSpan.FromSeconds(30), Stop));
        await server.ToldAsync("5001", CtiEventNames.Ringing);
        Assert.Contains(server.Cti.Events, one => one is { ThisDN: "5001", CallType: CallType.Inbound, Name: CtiEventNames.Ringing });
    }

    [Fact]
    public async Task A_number_that_is_none_goes_nowhere_and_into_nothing()
    {
        await using var server = await LiveServer.StartAsync(true, ("7001", true));
        using var trunk = new RawSender(server.SipPort);
        await server.PutAsync("/configuration/trunks/t", $$"""{"address":"127.0.0.1","port":{{trunk.Port}},"prefixes":[]}""");
        var evil = trunk.Request("INVITE", "7001", 1).Replace("From: <sip:7001@", "From: <sip:07%0d%0aX:y%01;dn=9@", StringComparison.Ordinal);
        trunk.Send(System.Text.Encoding.ASCII.GetBytes(evil));
        await (await server.Phone("7001").RingAsync(Stop)).AnswerAsync(Stop);
        await server.ToldAsync("7001", CtiEventNames.Established);
        Assert.Equal("anonymous", server.Cti.Events.First(one => one.Name == CtiEventNames.Established).OtherDN);
        Assert.Equal(["7001", "anonymous"], server.Mcp!.Standing);
        var nowhere = await trunk.AskAsync(trunk.Request("INVITE", "7001%20x", 2));
        Assert.Equal(404, nowhere.StatusCode);
        Assert.Empty(server.Log.Errors);
    }

    /// <summary>10 times the rated 500 calls/s, for 60 s in the long run; a shorter burst otherwise.</summary>
    [Fact]
    public async Task A_flood_leaves_live_calls_untouched()
    {
        await using var server = await LiveServer.StartAsync(true, ("5001", false));
        await using var phone = await server.PhoneAsync("7001", record: true);
        var (customer, mine) = await server.AnswerAsync("5001", phone);
        await server.ToldAsync("7001", CtiEventNames.Recording);
        var over = Stopwatch.StartNew();
        var length = TimeSpan.FromSeconds(Tool.Long ? 60 : 4);
        var flood = Task.Run(() => Flood(server.SipPort, length), Stop);
        var (slowest, rounds) = (TimeSpan.Zero, 0);
        while (over.Elapsed < length)
        {
            var began = Stopwatch.GetTimestamp();
            Assert.Equal(200, (await mine.ReInviteAsync(TestPhone.Offer(Sip.Sdp.SdpDirection.SendOnly))).Response.StatusCode);
            Assert.Equal(200, (await mine.ReInviteAsync(TestPhone.Offer())).Response.StatusCode);
            var took = Stopwatch.GetElapsedTime(began);
            slowest = took > slowest ? took : slowest;
            rounds++;
        }

        var sent = await flood;
        output.WriteLine($"{sent / length.TotalSeconds:0} requests/s; {rounds} holds and retrieves, the slowest {slowest.TotalMilliseconds:0} ms");
        await server.ToldAsync("7001", CtiEventNames.Retrieved, rounds);
        Assert.Equal(rounds, server.Cti.Events.Count(one => one is { ThisDN: "7001", Name: CtiEventNames.Held }));
        Assert.False(customer.Over.IsCompleted);
        Assert.Empty(server.Log.Errors);
        await using var late = await server.PhoneAsync("7005");
        await customer.HangUpAsync(Stop);
        await Phones.UntilAsync(() => server.Mcp!.Legs == 0, "the end of the call");
    }

    /// <summary>New INVITEs, REGISTERs and junk at 5,000/s, or as many as this machine can send.</summary>
    private static int Flood(int sipPort, TimeSpan length)
    {
        const int PerSecond = 5000;
        using var attacker = new RawSender(sipPort);
        var clock = Stopwatch.StartNew();
        var sent = 0;
        while (clock.Elapsed < length)
        {
            if (sent >= clock.Elapsed.TotalSeconds * PerSecond)
            {
                Thread.Sleep(1);
                continue;
            }

            var text = (sent % 4) switch
            {
                0 => attacker.Request("REGISTER", $"{sent}", sent),
                1 => attacker.Request("INVITE", "7001", sent).Replace("CSeq: 1 INVITE", "CSeq: 1 BYE", StringComparison.Ordinal),
                _ => attacker.Request("INVITE", $"{sent % 9000}", sent),
            };
            attacker.Send(System.Text.Encoding.ASCII.GetBytes(text));
            sent++;
        }

        return sent;
    }

    private static int _number = 1000;

    private static async Task<SipResponse> WrongPasswordAsync(RawSender sender, string method, string user, string more)
    {
        var challenge = await sender.AskAsync(sender.Request(method, user, ++_number, more));
        if (challenge.StatusCode is not (401 or 407)) return challenge;
        var request = Assert.IsType<SipRequest>(Sip.Parsing.SipParser.ParseDatagram(
            System.Text.Encoding.ASCII.GetBytes(sender.Request(method, user, ++_number, more))).Message);
        Assert.True(DigestClient.TryAuthorize(request, challenge, new DigestCredentials(user, "guess")));
        return await sender.AskAsync(System.Text.Encoding.ASCII.GetString(request.ToBytes()));
    }

    /// <summary>The response without what differs between any two of them.</summary>
    private static string Shape(SipResponse response) => Changing().Replace(System.Text.Encoding.ASCII.GetString(response.ToBytes()), "…");

    [GeneratedRegex("(?<=nonce=\")[^\"]*|(?<=tag=)[0-9a-z]+|(?<=branch=)[^;\r]*|(?<=c)[0-9]+(?=@scan)|7001|7999")]
    private static partial Regex Changing();
}
