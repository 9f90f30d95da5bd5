using Tandem.Contracts.Cti;
using Tandem.Sip.UserAgents;

namespace Tandem.SipServer.Tests.Live;

/// <summary>All contacts of a DN ring at once.</summary>
public sealed class ParallelRingingTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_first_phone_to_answer_has_the_call_and_the_other_stops(bool recorded)
    {
        await using var server = await LiveServer.StartAsync(true, ("5001", false));
        await using var desk = await server.PhoneAsync("7001", recorded);
        await using var mobile = await server.PhoneAsync("7001", recorded);
        var caller = server.Phone("5001").Dial("7001");
        var onDesk = await desk.Rung.WaitAsync(Patience, Stop);
        var onMobile = await mobile.Rung.WaitAsync(Patience, Stop);
        mobile.Accept(onMobile);
        await caller.Talking.WaitAsync(Patience, Stop);
        await Phones.UntilAsync(() => desk.Happened.Any(one => one is SessionEvent.Cancelled), "the end of ringing");
        Assert.Equal(InviteSessionState.Ended, onDesk.State);
        await server.ToldAsync("7001", CtiEventNames.Established);
        Assert.Equal(
            ["7001 Ringing other=5001 c1", "7001 Established other=5001 c1"],
            server.Calls("7001").Where(line => !line.Contains("Recording", StringComparison.Ordinal)));
        await caller.HangUpAsync(Stop);
        await Phones.UntilAsync(() => onMobile.State is InviteSessionState.Ended, "the end of the call");
    }

    [Fact]
    public async Task One_busy_phone_does_not_keep_the_other_from_answering_and_two_busy_ones_are_busy()
    {
        await using var server = await LiveServer.StartAsync(true, ("5001", false));
        await using var desk = await server.PhoneAsync("7001");
        await using var mobile = await server.PhoneAsync("7001");
        var caller = server.Phone("5001").Dial("7001");
        (await desk.Rung.WaitAsync(Patience, Stop)).Reject(486);
        var onMobile = await mobile.Rung.WaitAsync(Patience, Stop);
        Assert.False(caller.Talking.IsCompleted);
        onMobile.Reject(603);
        var why = await Assert.ThrowsAnyAsync<Exception>(() => caller.Talking.WaitAsync(Patience, Stop));
        Assert.Contains("603", why.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_answers_that_cross_leave_one_call()
    {
        await using var server = await LiveServer.StartAsync(true, ("5001", false));
        await using var desk = await server.PhoneAsync("7001");
        await using var mobile = await server.PhoneAsync("7001");
        var caller = server.Phone("5001").Dial("7001");
        var both = new[] { await desk.Rung.WaitAsync(Patience, Stop), await mobile.Rung.WaitAsync(Patience, Stop) };
        desk.Accept(both[0]);
        mobile.Accept(both[1]);
        await caller.Talking.WaitAsync(Patience, Stop);
        await Phones.UntilAsync(() => both.Count(one => one.State is InviteSessionState.Ended) == 1, "the end of one of them");
        await caller.HangUpAsync(Stop);
        await Phones.UntilAsync(() => both.All(one => one.State is InviteSessionState.Ended), "the end of the call");
    }
}
