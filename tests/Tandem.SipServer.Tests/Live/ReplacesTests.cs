using Tandem.Contracts.Cti;
using Tandem.Sip.Sdp;
using Tandem.Sip.UserAgents;

namespace Tandem.SipServer.Tests.Live;

/// <summary>INVITE with Replaces (RFC 3891): a second phone takes over.</summary>
public sealed class ReplacesTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Another_phone_of_the_dn_takes_over_its_call(bool recorded)
    {
        await using var server = await LiveServer.StartAsync(true, ("5001", false));
        await using var desk = await server.PhoneAsync("7001", recorded);
        var (customer, onDesk) = await server.AnswerAsync("5001", desk);
        await using var mobile = await server.PhoneAsync("7001", recorded);
        var (onMobile, answered) = mobile.Call("7001", true, ("Replaces", Naming(onDesk)));
        Assert.True(await answered.WaitAsync(Patience, Stop));
        await Phones.UntilAsync(() => onDesk.State is InviteSessionState.Ended, "the end at the first phone");
        Assert.False(customer.Over.IsCompleted);
        Assert.True((await onMobile.ReInviteAsync(TestPhone.Offer(SdpDirection.SendOnly))).IsAccepted);
        await server.ToldAsync("7001", CtiEventNames.Held);
        Assert.DoesNotContain(server.Cti.Events, one => one.Name == CtiEventNames.Released);
        if (recorded) await Phones.UntilAsync(() => server.Mcp!.Legs == 2, "the end of the first phone's leg");
        onMobile.End();
        await customer.Over.WaitAsync(Patience, Stop);
    }

    [Fact]
    public async Task A_dialog_that_is_not_there_or_not_his_is_refused()
    {
        await using var server = await LiveServer.StartAsync(true, ("5001", false));
        await using var desk = await server.PhoneAsync("7001");
        await using var other = await server.PhoneAsync("7002");
        var (customer, onDesk) = await server.AnswerAsync("5001", desk);
        foreach (var (value, status) in new[]
        {
            ("none;to-tag=1;from-tag=2", 481), ("junk", 400), (Naming(onDesk), 403),
        })
        {
            Assert.False(await other.Call("7001", true, ("Replaces", value)).Answered.WaitAsync(Patience, Stop));
            Assert.Equal(status, other.Happened.OfType<SessionEvent.Failed>().Last().Response.StatusCode);
        }

        Assert.False(customer.Over.IsCompleted);
        Assert.Equal(InviteSessionState.Confirmed, onDesk.State);
    }

    private static string Naming(InviteSession phones) =>
        $"{phones.CallId};to-tag={phones.RemoteTag};from-tag={phones.LocalTag}";
}
