using Tandem.Contracts.Cti;
using Tandem.Lab.Machines;

namespace Tandem.SystemTests.Peers;

/// <summary>What real telephones do by their own keys: baresip holds, takes up again and transfers blind by REFER (it knows no
/// attended transfer and no conference); linphonec consults and transfers by REFER with Replaces.</summary>
public sealed class PhoneScenarioTests(PeerServer peers) : IClassFixture<PeerServer>
{
    private static readonly TimeSpan Talk = TimeSpan.FromSeconds(3);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Baresip_holds_takes_up_again_and_transfers_by_refer()
    {
        Need("baresip", "ffmpeg");
        var control = FreePorts.Next();
        await using var call = await peers.NewCallAsync(Stop);
        await using var agent = await Baresip.StartAsync(
            peers.Server, call.First, await Baresip.ToneAsync(peers.Server, 880), Stop, controlPort: control);
        await using var other = await Baresip.StartAsync(
            peers.Server, call.Second, await Baresip.ToneAsync(peers.Server, 1320), Stop);
        var main = await call.BeginAsync(Stop);
        await Task.Delay(Talk, TimeProvider.System, Stop);
        await Baresip.AskAsync(control, "hold");
        await call.ToldAsync(call.First, CtiEventNames.Held, 1, Stop);
        await Task.Delay(Talk, TimeProvider.System, Stop);
        await Baresip.AskAsync(control, "resume");
        await call.ToldAsync(call.First, CtiEventNames.Retrieved, 1, Stop);
        await Task.Delay(Talk, TimeProvider.System, Stop);
        await Baresip.AskAsync(control, "transfer", $"sip:{call.Second}@127.0.0.1:{peers.Server.Addresses.Sip}");
        await call.ToldAsync(call.Second, CtiEventNames.Recording, 1, Stop);
        await Task.Delay(Talk, TimeProvider.System, Stop);
        await call.Call.HangUpAsync(Stop);
        await call.ToldAsync(call.Second, CtiEventNames.Recording, 2, Stop);
        Assert.Equal(
        [
            "Ringing", "Established", "Recording On", "Held Held", "Retrieved Retrieved", "Released Transferred", "Recording Off",
        ], call.Story(call.First));
        Assert.Equal(
            ["Ringing Transferred", "Established Transferred", "Recording On", "Released", "Recording Off"], call.Story(call.Second));
        Assert.Equal(["a1", "", "a1", "a2"], call.HeardByCustomer());
        Assert.Equal(
            [$"{call.First}: a1 | customer", $"{call.Second}: a2 | customer"], await call.RecordedAsync(main, 2, Stop));
    }

    [Fact]
    public async Task Linphone_consults_and_transfers_by_refer_with_replaces()
    {
        Need("linphonec", "baresip", "ffmpeg");
        await using var call = await peers.NewCallAsync(Stop);
        await using var agent = await Linphone.StartAsync(peers.Server, call.First, await Baresip.ToneAsync(peers.Server, 880), Stop);
        await using var other = await Baresip.StartAsync(
            peers.Server, call.Second, await Baresip.ToneAsync(peers.Server, 1320), Stop);
        await call.ToldAsync(call.First, CtiEventNames.BackInService, 1, Stop);
        var main = await call.BeginAsync(Stop);
        await Task.Delay(Talk, TimeProvider.System, Stop);
        await agent.TypeAsync("pause", Stop);
        await call.ToldAsync(call.First, CtiEventNames.Held, 1, Stop);
        await agent.TypeAsync($"call sip:{call.Second}@127.0.0.1:{peers.Server.Addresses.Sip}", Stop);
        await call.ToldAsync(call.Second, CtiEventNames.Recording, 1, Stop);
        var consultation = call.Cti.Events.First(one => one.ThisDN == call.Second && one.Name == CtiEventNames.Established).ConnID!;
        await Task.Delay(Talk, TimeProvider.System, Stop);
        await agent.TypeAsync("transfer 1 --to-call 2", Stop);
        await call.ToldAsync(call.Second, CtiEventNames.Recording, 3, Stop);
        await Task.Delay(Talk, TimeProvider.System, Stop);
        await call.Call.HangUpAsync(Stop);
        await call.ToldAsync(call.Second, CtiEventNames.Recording, 4, Stop);
        Assert.Equal(
        [
            "Ringing", "Established", "Recording On", "PartyChanged Transferred", "Recording Off", "Recording On", "Released", "Recording Off",
        ], call.Story(call.Second));
        Assert.Contains(call.Cti.Events, one => one is { Name: CtiEventNames.Dialing, CallType: CallType.Consult } && one.ThisDN == call.First);
        // To whom it holds, linphonec plays the file that it otherwise plays as its voice.
        Assert.Equal(["a1", "a2"], call.HeardByCustomer());
        Assert.Equal(
            [$"{call.First}: a1 | customer", $"{call.Second}: a2 | customer"], await call.RecordedAsync(main, 2, Stop));
        Assert.Equal([$"{call.First}: a1 | a2"], await call.RecordedAsync(consultation, 1, Stop));
    }

    private static void Need(params string[] programs) =>
        Assert.SkipWhen(TestKit.Tool.Missing(programs) is not null, TestKit.Tool.Missing(programs) ?? "");
}
