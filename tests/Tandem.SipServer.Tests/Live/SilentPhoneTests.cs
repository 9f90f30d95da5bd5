using Tandem.Contracts.Cti;
using Tandem.SipServer.Recording;

namespace Tandem.SipServer.Tests.Live;

/// <summary>A phone of which MCP hears nothing any more.</summary>
public sealed class SilentPhoneTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_phone_that_died_is_taken_out_and_its_peer_is_let_go()
    {
        await using var server = await LiveServer.StartAsync(true, ("7001", true));
        await using var phone = await server.PhoneAsync("5003");
        var (_, theirs) = await server.CallAsync(phone, "7001");
        await server.ToldAsync("7001", CtiEventNames.Recording);
        await phone.DieAsync();
        server.Mcp!.SaySilent("5003");
        await theirs.Over.WaitAsync(Patience, TestContext.Current.CancellationToken);
        await server.ToldAsync("7001", CtiEventNames.Recording, 2);
        Assert.Equal(
            ["7001 Released other=5003 c1", "7001 Recording other=5003 c1 Off:s1"], server.Calls("7001").TakeLast(2));
        var released = server.Cti.Events.First(one => one is { ThisDN: "5003", Name: CtiEventNames.Released });
        Assert.Contains(released.Reason, new[] { SilentPhones.Reason, "DialogLost" });
    }

    [Fact]
    public async Task A_phone_that_answers_keeps_its_call_and_a_held_one_is_not_asked()
    {
        await using var server = await LiveServer.StartAsync(true, ("7001", true));
        await using var phone = await server.PhoneAsync("5003");
        var (mine, theirs) = await server.CallAsync(phone, "7001");
        server.Mcp!.SaySilent("5003");
        await Phones.UntilAsync(() => phone.Asked("OPTIONS") == 1, "the question");
        Assert.True((await mine.ReInviteAsync(TestPhone.Offer(Sip.Sdp.SdpDirection.SendOnly))).IsAccepted);
        await server.ToldAsync("5003", CtiEventNames.Held);
        server.Mcp.SaySilent("5003");
        Assert.True((await mine.ReInviteAsync(TestPhone.Offer())).IsAccepted);
        await server.ToldAsync("5003", CtiEventNames.Retrieved);
        Assert.Equal(1, phone.Asked("OPTIONS"));
        Assert.False(theirs.Over.IsCompleted);
        mine.End();
    }
}
