using Tandem.Media.Codecs;
using Tandem.Media.Signals;

namespace Tandem.MediaControlPlatform.Tests.Engine;

/// <summary>The recording beep, tones and music: heard, never recorded.</summary>
public sealed class BeepTests
{
    private const double BeepHz = 1400;
    private readonly CallWorld _world = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Both_parties_hear_the_beep_and_no_channel_holds_it(bool mixed)
    {
        var agent = _world.Join("7001", 880);
        var customer = _world.Join("555", 440, mixed ? AudioCodec.G722 : AudioCodec.Pcma);
        _world.Run(1000);
        var (recorder, sink) = _world.Record("7001", beep: true);
        _world.Run(16_500);
        recorder.Stop(_world.NowUs, null);
        _world.Run(300);
        foreach (var party in new[] { agent, customer })
        {
            // At once and after 15 s, 200 ms each.
            var heard = party.Heard();
            var rate = party.Codec.SampleRate;
            Assert.Equal([true, false, true], new[] { 1040, 8000, 16_040 }.Select(ms =>
                Spectrum.ToneDbfs(heard.AsSpan(rate * ms / 1000, rate * 120 / 1000), rate, BeepHz) > -30));
        }
        var stored = mixed ? 16_000 : 8000;
        for (var channel = 0; channel < 2; channel++)
        {
            var pcm = sink.Channel(channel);
            for (var at = 0; at + (stored / 5) <= pcm.Length; at += stored / 5)
                Assert.InRange(Spectrum.ToneDbfs(pcm.AsSpan(at, stored / 5), stored, BeepHz), -120, -40);
        }
    }

    [Fact]
    public void A_paused_recording_does_not_beep()
    {
        var agent = _world.Join("7001", 880);
        _world.Join("555", 440);
        var (recorder, _) = _world.Record("7001", beep: true);
        recorder.Pause(_world.NowUs);
        _world.Run(16_000);
        Assert.InRange(Spectrum.ToneDbfs(agent.Heard().AsSpan(0, 8 * 200), 8000, BeepHz), -120, -40);
        recorder.Resume(_world.NowUs);
        _world.Run(200);
        Assert.InRange(Spectrum.ToneDbfs(agent.Heard()[^1200..].AsSpan(), 8000, BeepHz), -30, 0);
    }
}
