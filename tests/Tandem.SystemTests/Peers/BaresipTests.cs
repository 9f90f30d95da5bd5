using Tandem.Contracts.Cti;
using Tandem.Lab.Phones;
using Tandem.Lab.Senses;

namespace Tandem.SystemTests.Peers;

/// <summary>The agent's telephone is baresip; the customer's is ours.</summary>
public sealed class BaresipTests
{
    [Fact]
    public async Task Both_voices_are_recorded_and_each_hears_the_other()
    {
        Assert.SkipWhen(TestKit.Tool.Missing("baresip", "ffmpeg") is not null, TestKit.Tool.Missing("baresip", "ffmpeg") ?? "");
        var stop = TestContext.Current.CancellationToken;
        await using var server = await Installation.StartAsync(stop);
        await server.Dns.PutDnAsync("7001", Installation.Password, record: true, "a1", stop);
        await server.Dns.PutDnAsync("5550001", Installation.Password, record: false, "customer", stop);
        await using var cti = await server.WatchAsync(stop, "7001");
        await using var agent = await Baresip.StartAsync(server, "7001", await Baresip.ToneAsync(server, 880), stop);
        await using var customer = new SimulatedPhone(
            "5550001", Installation.Password, server.Addresses.Sip, new ToneSource(Tones.Of("customer")), TimeProvider.System);
        await customer.RegisterAsync(stop);

        var call = customer.Dial("7001");
        await call.Talking.WaitAsync(TimeSpan.FromSeconds(20), stop);
        await cti.WaitAsync(CtiEventNames.Recording, "7001", stop);
        await Task.Delay(TimeSpan.FromSeconds(6), TimeProvider.System, stop);
        await call.HangUpAsync(stop);

        var interaction = await Stored.AwaitAsync(server.Admin, stop);
        var segment = Assert.Single(interaction.Segments);
        var audio = await Stored.VoiceAsync(server, segment, stop);
        for (var at = 800.0; at + 1200 < audio.DurationMs; at += 400)
        {
            Assert.Equal(["a1"], Ear.PartiesIn(Ear.Window(audio, 0, at, at + 400), audio.Rate));
            Assert.Equal(["customer"], Ear.PartiesIn(Ear.Window(audio, 1, at, at + 400), audio.Rate));
        }
        var heard = call.Media.Heard.Listen();
        Assert.Equal(["a1"], Ear.PartiesIn(Ear.Window(heard, 0, 2000, 3000), heard.Rate));
    }
}
