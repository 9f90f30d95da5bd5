using Tandem.Contracts.Cti;
using Tandem.Sip.Sdp;

namespace Tandem.SipServer.Tests.Live;

/// <summary>Music by MCP for whoever is left alone by a hold, in whatever form it came.</summary>
public sealed class HoldMusicTests
{
    private static readonly Dictionary<string, string?> Music = new() { ["holdMusic"] = "tone:music" };

    [Theory]
    [InlineData(SdpDirection.SendOnly, true)]
    [InlineData(SdpDirection.Inactive, true)]
    [InlineData(null, true)]
    [InlineData(SdpDirection.SendOnly, false)]
    public async Task A_held_party_hears_music_from_mcp(SdpDirection? direction, bool recorded)
    {
        await using var server = await LiveServer.StartAsync(Music, true, ("7001", recorded));
        await using var phone = await server.PhoneAsync("5003");
        var (mine, theirs) = await server.CallAsync(phone, "7001");
        var hold = direction is { } way
            ? TestPhone.Offer(way)
            : TestPhone.Offer().Replace("IN IP4 127.0.0.1", "IN IP4 0.0.0.0", StringComparison.Ordinal);
        Assert.True((await mine.ReInviteAsync(hold)).IsAccepted);
        await Phones.UntilAsync(() => server.Mcp!.Played.Count > 0, "music");
        Assert.True((await mine.ReInviteAsync(TestPhone.Offer())).IsAccepted);
        await Phones.UntilAsync(() => server.Mcp!.Played.Count > 1, "the end of the music");
        Assert.Equal(["play tone:music 7001", "stop 7001"], server.Mcp!.Played);
        Assert.False(theirs.Over.IsCompleted);
        mine.End();
    }

    [Fact]
    public async Task A_consultation_leaves_music_to_the_held_party_until_the_transfer()
    {
        await using var server = await LiveServer.StartAsync(
            Music, true, ("5001", false), ("7001", true), ("7002", true));
        var (_, _, connId) = await server.TalkAsync("5001", "7001");
        await server.AskAsync(CtiRequestNames.InitiateTransfer, "7001", connId, "7002");
        var consulted = await server.Phone("7002").RingAsync(TestContext.Current.CancellationToken);
        await consulted.AnswerAsync(TestContext.Current.CancellationToken);
        await server.ToldAsync("7002", CtiEventNames.Established);
        await Phones.UntilAsync(() => server.Mcp!.Played.Contains("play tone:music 5001"), "music");
        await server.AskAsync(CtiRequestNames.CompleteTransfer, "7001", connId);
        await Phones.UntilAsync(() => server.Mcp!.Played.Contains("stop 5001"), "the end of the music");
        Assert.DoesNotContain(server.Mcp!.Played, line => line.EndsWith("music 7002", StringComparison.Ordinal));
    }
}
