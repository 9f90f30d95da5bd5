using Tandem.Contracts.Cti;
using Tandem.Lab.Machines;

namespace Tandem.SystemTests.Peers;

/// <summary>The agents' telephones are SIPp. It holds and transfers by itself; it cannot have two dialogs in one scenario, so
/// consultations are asked for by the CTI client while the phones follow.</summary>
public sealed class SippScenarioTests(PeerServer peers) : IClassFixture<PeerServer>
{
    private static readonly TimeSpan Talk = TimeSpan.FromSeconds(2.5);

    /// <summary>The rest of the matrix only in the long run.</summary>
    public static TheoryData<string> Transports => TestKit.Tool.Long ? ["u1", "t1"] : ["u1"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task A_phone_holds_its_call_and_takes_it_up_again(string transport)
    {
        await using var call = await peers.NewCallAsync(Stop);
        await using var agent = await PhoneAsync(call.First, 880, transport, "holding-phone");
        var main = await call.BeginAsync(Stop);
        await call.ToldAsync(call.First, CtiEventNames.Retrieved, 1, Stop);
        await Task.Delay(Talk, TimeProvider.System, Stop);
        await call.Call.HangUpAsync(Stop);
        await call.ToldAsync(call.First, CtiEventNames.Recording, 2, Stop);
        Assert.Equal(
            ["Ringing", "Established", "Recording On", "Held Held", "Retrieved Retrieved", "Released", "Recording Off"], call.Story(call.First));
        Assert.Equal(["a1", "", "a1"], call.HeardByCustomer());
        Assert.Equal([$"{call.First}: a1 | customer"], await call.RecordedAsync(main, 1, Stop));
        await SippPhone.EndedWellAsync(agent);
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task A_phone_transfers_its_call_in_one_step_by_refer(string transport)
    {
        await using var call = await peers.NewCallAsync(Stop);
        await using var agent = await PhoneAsync(call.First, 880, transport, "transferring-phone", call.Second);
        await using var other = await PhoneAsync(call.Second, 1320, transport);
        var main = await call.BeginAsync(Stop);
        await call.ToldAsync(call.Second, CtiEventNames.Recording, 1, Stop);
        await Task.Delay(Talk, TimeProvider.System, Stop);
        await call.Call.HangUpAsync(Stop);
        await call.ToldAsync(call.Second, CtiEventNames.Recording, 2, Stop);
        Assert.Equal(
            ["Ringing", "Established", "Recording On", "Released Transferred", "Recording Off"], call.Story(call.First));
        Assert.Equal(
            ["Ringing Transferred", "Established Transferred", "Recording On", "Released", "Recording Off"], call.Story(call.Second));
        Assert.Equal(["a1", "a2"], call.HeardByCustomer());
        Assert.Equal(
            [$"{call.First}: a1 | customer", $"{call.Second}: a2 | customer"], await call.RecordedAsync(main, 2, Stop));
        await SippPhone.EndedWellAsync(agent, other);
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Phones_follow_a_transfer_in_two_steps(string transport)
    {
        await using var call = await peers.NewCallAsync(Stop);
        await using var agent = await PhoneAsync(call.First, 880, transport);
        await using var other = await PhoneAsync(call.Second, 1320, transport);
        var main = await call.BeginAsync(Stop);
        var consultation = await ConsultAsync(call, CtiRequestNames.InitiateTransfer, main);
        await call.AskAsync(CtiRequestNames.CompleteTransfer, call.First, main, null, Stop);
        await call.ToldAsync(call.Second, CtiEventNames.Recording, 3, Stop);
        await Task.Delay(Talk, TimeProvider.System, Stop);
        await call.Call.HangUpAsync(Stop);
        await call.ToldAsync(call.Second, CtiEventNames.Recording, 4, Stop);
        Assert.Equal(
        [
            "Ringing", "Established", "Recording On", "Held Held", "Dialing", "Established", "Recording On",
            "Released Transferred", "Recording Off", "Released Transferred", "Recording Off",
        ], call.Story(call.First));
        Assert.Equal(
        [
            "Ringing", "Established", "Recording On", "PartyChanged Transferred", "Recording Off", "Recording On", "Released", "Recording Off",
        ], call.Story(call.Second));
        Assert.Equal(["a1", "", "a2"], call.HeardByCustomer());
        Assert.Equal(
            [$"{call.First}: a1 | customer", $"{call.Second}: a2 | customer"], await call.RecordedAsync(main, 2, Stop));
        Assert.Equal([$"{call.First}: a1 | a2"], await call.RecordedAsync(consultation, 1, Stop));
        await SippPhone.EndedWellAsync(agent, other);
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public Task Phones_follow_a_conference_in_two_steps(string transport) => ConferAsync(twoSteps: true, transport);

    [Theory]
    [MemberData(nameof(Transports))]
    public Task Phones_follow_a_conference_in_one_step(string transport) => ConferAsync(twoSteps: false, transport);

    private async Task ConferAsync(bool twoSteps, string transport)
    {
        await using var call = await peers.NewCallAsync(Stop);
        await using var agent = await PhoneAsync(call.First, 880, transport);
        await using var other = await PhoneAsync(call.Second, 1320, transport);
        var main = await call.BeginAsync(Stop);
        await Task.Delay(Talk, TimeProvider.System, Stop);
        if (twoSteps)
        {
            await ConsultAsync(call, CtiRequestNames.InitiateConference, main);
            await call.AskAsync(CtiRequestNames.CompleteConference, call.First, main, null, Stop);
        }
        else
        {
            await call.AskAsync(CtiRequestNames.SingleStepConference, call.First, main, call.Second, Stop);
        }
        await call.ToldAsync(call.First, CtiEventNames.PartyAdded, 1, Stop);
        await call.ToldAsync(call.Second, CtiEventNames.Recording, twoSteps ? 3 : 1, Stop);
        await Task.Delay(Talk, TimeProvider.System, Stop);
        await call.Call.HangUpAsync(Stop);
        await call.ToldAsync(call.First, CtiEventNames.PartyDeleted, 1, Stop);
        await call.AskAsync(CtiRequestNames.ReleaseCall, call.First, main, null, Stop);
        await call.ToldAsync(call.Second, CtiEventNames.Released, 1, Stop);
        Assert.Contains("PartyAdded Conferenced", call.Story(call.First));
        Assert.Contains(twoSteps ? "PartyChanged Conferenced" : "Established Conferenced", call.Story(call.Second));
        Assert.Equal(twoSteps ? ["a1", "", "a1+a2"] : (string[])["a1", "a1+a2"], call.HeardByCustomer());
        Assert.Equal(
            [$"{call.First}: a1 | a2+customer", $"{call.Second}: a2 | a1+customer"], await call.RecordedAsync(main, 2, Stop));
        await SippPhone.EndedWellAsync(agent, other);
    }

    private async Task<string> ConsultAsync(PeerCall call, string request, string main)
    {
        await Task.Delay(Talk, TimeProvider.System, Stop);
        await call.AskAsync(request, call.First, main, call.Second, Stop);
        await call.ToldAsync(call.Second, CtiEventNames.Recording, 1, Stop);
        await Task.Delay(Talk, TimeProvider.System, Stop);
        return call.Cti.Events.First(one => one.ThisDN == call.Second && one.Name == CtiEventNames.Established).ConnID!;
    }

    private Task<ChildProcess> PhoneAsync(string dn, int hertz, string transport, string scenario = "phone", string? target = null) =>
        SippPhone.StartAsync(peers.Server, dn, hertz, transport, scenario, target);
}
