using Tandem.Contracts.Cti;
using Tandem.Lab.Machines;

namespace Tandem.SystemTests.Peers;

/// <summary>The agents' telephones are SIPp, and what is begun comes to nothing or is begun in the middle: the customer's call
/// goes on.</summary>
public sealed class SippTroubleTests(PeerServer peers) : IClassFixture<PeerServer>
{
    private static readonly TimeSpan Talk = TimeSpan.FromSeconds(2.5);

    /// <summary>The rest of the matrix only in the long run.</summary>
    public static TheoryData<string> Transports => TestKit.Tool.Long ? ["u1", "t1"] : ["u1"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task A_transfer_to_a_busy_phone_leaves_the_call(string transport)
    {
        await using var call = await peers.NewCallAsync(Stop);
        await using var agent = await SippPhone.StartAsync(peers.Server, call.First, 880, transport);
        await using var other = await SippPhone.StartAsync(peers.Server, call.Second, 1320, transport, "refusing-phone");
        var main = await call.BeginAsync(Stop);
        await Task.Delay(Talk, TimeProvider.System, Stop);
        await call.AskAsync(CtiRequestNames.SingleStepTransfer, call.First, main, call.Second, Stop);
        await call.ToldAsync(call.Second, CtiEventNames.Released, 1, Stop);
        Assert.Equal(["Ringing Transferred", "Released Busy"], call.Story(call.Second));
        await EndAsync(call, main, agent, other);
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task A_consultation_that_is_given_up_returns_to_the_call(string transport)
    {
        await using var call = await peers.NewCallAsync(Stop);
        await using var agent = await SippPhone.StartAsync(peers.Server, call.First, 880, transport);
        await using var other = await SippPhone.StartAsync(peers.Server, call.Second, 1320, transport, "ringing-phone");
        var main = await call.BeginAsync(Stop);
        await Task.Delay(Talk, TimeProvider.System, Stop);
        await call.AskAsync(CtiRequestNames.InitiateTransfer, call.First, main, call.Second, Stop);
        await call.ToldAsync(call.Second, CtiEventNames.Ringing, 1, Stop);
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, Stop);
        await call.AskAsync(CtiRequestNames.ReconnectCall, call.First, main, null, Stop);
        await call.ToldAsync(call.First, CtiEventNames.Retrieved, 1, Stop);
        Assert.Equal(["Ringing", "Abandoned"], call.Story(call.Second));
        await EndAsync(call, main, agent, other);
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Recording_is_paused_and_resumed(string transport)
    {
        await using var call = await peers.NewCallAsync(Stop);
        await using var agent = await SippPhone.StartAsync(peers.Server, call.First, 880, transport);
        var main = await call.BeginAsync(Stop);
        foreach (var message in (string[])["GSIP_RECORD_PAUSE", "GSIP_RECORD_RESUME"])
        {
            await Task.Delay(Talk, TimeProvider.System, Stop);
            await call.AskAsync(CtiRequestNames.PrivateService, call.First, main, null, Stop, message);
        }
        await EndAsync(call, main, agent);
        Assert.Equal(
        [
            "Ringing", "Established", "Recording On", "Recording Paused", "Recording On", "Released", "Recording Off",
        ], call.Story(call.First));
    }

    /// <summary>The first agent talks with the customer to the end.</summary>
    private static async Task EndAsync(PeerCall call, string main, params ChildProcess[] phones)
    {
        await Task.Delay(Talk, TimeProvider.System, Stop);
        await call.Call.HangUpAsync(Stop);
        await call.ToldAsync(call.First, CtiEventNames.Released, call.Story(call.First).Count(line => line.StartsWith("Dialing", StringComparison.Ordinal)) + 1, Stop);
        Assert.Equal("a1", call.HeardByCustomer()[^1]);
        Assert.Equal([$"{call.First}: a1 | customer"], await call.RecordedAsync(main, 1, Stop));
        await SippPhone.EndedWellAsync(phones);
    }
}
