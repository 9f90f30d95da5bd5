using Tandem.Sip.Messages;
using Tandem.Sip.Sdp;
using Tandem.Sip.UserAgents;

namespace Tandem.SipServer.Tests.Live;

/// <summary>Whose description reaches whom: early media, late offers, late changes, changes that cross.</summary>
public sealed class MediaChangeTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Early_media_of_the_called_phone_reaches_the_caller_directly()
    {
        await using var server = await LiveServer.StartAsync(true);
        await using var caller = await server.PhoneAsync("5003");
        await using var callee = await server.PhoneAsync("7001");
        var (_, answered) = caller.Call("7001");
        var ringing = await callee.Rung.WaitAsync(Patience, Stop);
        ringing.Ring(183, At(40_010));
        await Phones.UntilAsync(() => EarlyPort(caller) == 40_010, "early media");
        ringing.Accept(At(40_010));
        Assert.True(await answered.WaitAsync(Patience, Stop));
        Assert.Empty(server.Mcp!.Told);
    }

    [Fact]
    public async Task Early_media_of_a_recorded_phone_goes_by_mcp()
    {
        await using var server = await LiveServer.StartAsync(true);
        await using var caller = await server.PhoneAsync("5003");
        await using var callee = await server.PhoneAsync("7001", record: true);
        var (_, answered) = caller.Call("7001");
        var ringing = await callee.Rung.WaitAsync(Patience, Stop);
        ringing.Ring(183, At(40_010));
        await Phones.UntilAsync(() => EarlyPort(caller) == 30_000, "early media from MCP");
        await Phones.UntilAsync(() => PortOf(server.Mcp!.DescribedOf("7001")) == 40_010, "early media to MCP");
        ringing.Accept(At(40_012));
        Assert.True(await answered.WaitAsync(Patience, Stop));
        await Phones.UntilAsync(() => PortOf(server.Mcp!.DescribedOf("7001")) == 40_012, "the answer to MCP");
    }

    [Fact]
    public async Task A_caller_that_demands_reliable_provisionals_gets_them()
    {
        await using var server = await LiveServer.StartAsync(true);
        await using var caller = await server.PhoneAsync("5003");
        await using var callee = await server.PhoneAsync("7001");
        var (_, answered) = caller.Call("7001", true, ("Require", "100rel"));
        var ringing = await callee.Rung.WaitAsync(Patience, Stop);
        await Phones.UntilAsync(() => Reliable(caller, 180), "a reliable 180");
        ringing.Ring(183, At(40_010));
        await Phones.UntilAsync(() => Reliable(caller, 183) && EarlyPort(caller) == 40_010, "reliable early media");
        ringing.Accept(At(40_010));
        Assert.True(await answered.WaitAsync(Patience, Stop));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_late_change_reaches_the_other_side_under_our_own_origin(bool recorded)
    {
        await using var server = await LiveServer.StartAsync(true);
        await using var caller = await server.PhoneAsync("5003");
        await using var callee = await server.PhoneAsync("7001", recorded);
        var mine = await TalkAsync(caller, callee);
        var changed = await mine.ReInviteAsync(At(41_000));
        Assert.True(changed.IsAccepted);
        if (recorded)
        {
            await Phones.UntilAsync(() => PortOf(server.Mcp!.DescribedOf("5003")) == 41_000, "the change at MCP");
            Assert.Empty(callee.Offered);
            return;
        }

        var offered = SdpSession.Parse(callee.Offered.Single());
        Assert.Equal(41_000, offered.Audio!.Port);
        Assert.Equal("tandem", offered.Origin.UserName);
        var first = SdpSession.Parse((await callee.Rung).Invite.BodyText);
        Assert.Equal(first.Origin.SessionId, offered.Origin.SessionId);
        Assert.Equal(first.Origin.Version + 1, offered.Origin.Version);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_offerless_re_invite_is_answered_with_an_offer_and_its_ack_brings_the_answer(bool recorded)
    {
        await using var server = await LiveServer.StartAsync(true);
        await using var caller = await server.PhoneAsync("5003");
        await using var callee = await server.PhoneAsync("7001", recorded);
        var mine = await TalkAsync(caller, callee);
        var asked = await mine.ReInviteAsync(null);
        Assert.True(asked.IsAccepted);
        Assert.Equal(recorded ? 30_000 : 30_002, PortOf(asked.Response.BodyText));
        asked.Ack(At(42_000));
        if (recorded)
            await Phones.UntilAsync(() => PortOf(server.Mcp!.AcknowledgedOf("5003")) == 42_000, "the answer at MCP");
        else
            await Phones.UntilAsync(() => callee.Acknowledged.Any(body => PortOf(body) == 42_000), "the answer at the other phone");
    }

    [Fact]
    public async Task An_invite_without_an_offer_brings_the_callers_answer_to_the_callee()
    {
        await using var server = await LiveServer.StartAsync(true);
        await using var caller = await server.PhoneAsync("5003");
        await using var callee = await server.PhoneAsync("7001");
        var (_, answered) = caller.Call("7001", offer: false);
        callee.Accept(await callee.Rung.WaitAsync(Patience, Stop));
        Assert.True(await answered.WaitAsync(Patience, Stop));
        await Phones.UntilAsync(() => callee.Acknowledged.Count > 0, "the ACK");
        Assert.Equal(30_002, PortOf(callee.Acknowledged.Single()));
    }

    [Fact]
    public async Task Changes_that_cross_are_both_made()
    {
        await using var server = await LiveServer.StartAsync(true);
        await using var caller = await server.PhoneAsync("5003");
        await using var callee = await server.PhoneAsync("7001");
        var (mine, answered) = caller.Call("7001");
        var theirs = await callee.Rung.WaitAsync(Patience, Stop);
        callee.Accept(theirs);
        Assert.True(await answered.WaitAsync(Patience, Stop));
        await Phones.UntilAsync(() => theirs.State is InviteSessionState.Confirmed, "the ACK");
        for (var round = 0; round < 3; round++)
        {
            var both = await Task.WhenAll(mine.ReInviteAsync(At(43_000 + round)), theirs.ReInviteAsync(At(44_000 + round)))
                .WaitAsync(Patience, Stop);
            Assert.All(both, one => Assert.True(one.IsAccepted, $"{one.Response.StatusCode}"));
            await Phones.UntilAsync(() => callee.Offered.Any(body => PortOf(body) == 43_000 + round), "the caller's change");
            await Phones.UntilAsync(() => caller.Offered.Any(body => PortOf(body) == 44_000 + round), "the callee's change");
        }
    }

    private static async Task<InviteSession> TalkAsync(TestPhone caller, TestPhone callee)
    {
        var (mine, answered) = caller.Call(callee.Dn);
        callee.Accept(await callee.Rung.WaitAsync(Patience, Stop));
        Assert.True(await answered.WaitAsync(Patience, Stop));
        return mine;
    }

    private static string At(int port) => TestPhone.Offer().Replace("30002", $"{port}", StringComparison.Ordinal);

    private static int PortOf(string? sdp) => sdp is { Length: > 0 } ? SdpSession.Parse(sdp).Audio!.Port : 0;

    private static bool Reliable(TestPhone phone, int status) => phone.Happened
        .OfType<SessionEvent.Provisional>()
        .Any(one => one.Response.StatusCode == status && one.Response.Headers["RSeq"] is not null);

    private static int EarlyPort(TestPhone phone) => phone.Happened
        .OfType<SessionEvent.Provisional>()
        .Where(one => one.Response is { StatusCode: 183, Body.Length: > 0 })
        .Select(one => PortOf(one.Response.BodyText))
        .LastOrDefault();
}
