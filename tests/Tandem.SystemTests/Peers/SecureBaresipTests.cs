using Tandem.Contracts.Cti;
using Tandem.Lab.Phones;
using Tandem.Lab.Senses;

namespace Tandem.SystemTests.Peers;

/// <summary>The agent's telephone is a baresip that speaks nothing but SRTP (its module srtp, keys by SDES); the customer's
/// speaks RTP in clear.</summary>
public sealed class SecureBaresipTests
{
    [Fact]
    public async Task A_call_of_a_secure_phone_is_recorded_and_each_hears_the_other()
    {
        Assert.SkipWhen(TestKit.Tool.Missing("baresip", "ffmpeg") is not null, TestKit.Tool.Missing("baresip", "ffmpeg") ?? "");
        var stop = TestContext.Current.CancellationToken;
        await using var server = await Installation.StartAsync(stop);
        await server.Dns.PutDnAsync("7001", Installation.Password, record: true, "a1", stop);
        await server.Dns.PutDnAsync("5550001", Installation.Password, record: false, "customer", stop);
        await using var cti = await server.WatchAsync(stop, "7001");
        await using var customer = new SimulatedPhone(
            "5550001", Installation.Password, server.Addresses.Sip, new ToneSource(Tones.Of("customer")), TimeProvider.System);
        await customer.RegisterAsync(stop);
        await using var agent = await Baresip.StartAsync(
            server, "7001", await Baresip.ToneAsync(server, 880), stop, secure: true, dial: "5550001");

        var call = await customer.RingAsync(stop);
        await call.AnswerAsync(stop);
        await cti.WaitAsync(CtiEventNames.Recording, "7001", stop);
        await Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System, stop);
        await call.HangUpAsync(stop);

        var interaction = await Stored.AwaitAsync(server.Admin, stop);
        var audio = await Stored.VoiceAsync(server, Assert.Single(interaction.Segments), stop);
        for (var at = 800.0; at + 1200 < audio.DurationMs; at += 400)
        {
            Assert.Equal(["a1"], Ear.PartiesIn(Ear.Window(audio, 0, at, at + 400), audio.Rate));
            Assert.Equal(["customer"], Ear.PartiesIn(Ear.Window(audio, 1, at, at + 400), audio.Rate));
        }
        var heard = call.Media.Heard.Listen();
        Assert.Equal(["a1"], Ear.PartiesIn(Ear.Window(heard, 0, 2000, 3000), heard.Rate));
    }
}
