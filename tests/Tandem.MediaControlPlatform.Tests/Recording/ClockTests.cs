using Tandem.Media.Signals;
using Tandem.MediaControlPlatform.Tests.Engine;

namespace Tandem.MediaControlPlatform.Tests.Recording;

/// <summary>A telephone whose clock is not ours.</summary>
public sealed class ClockTests
{
    private const int TalkMs = 120_000;
    private const int QuietMs = 1000;
    private readonly CallWorld _world = new();

    [Theory]
    [InlineData(200)]
    [InlineData(-200)]
    public void It_is_mended_while_nobody_speaks_and_never_within_the_voice(int ppm)
    {
        var agent = _world.Join("7001", 880);
        agent.IsBreathless = true;
        _world.Join("555", 440);
        var startUs = _world.NowUs;
        _world.Delay = _ => 30_000 + ((_world.NowUs - startUs) * ppm / 1_000_000);
        var (recorder, sink) = _world.Record("7001");
        _world.Run(TalkMs);
        agent.IsQuiet = true;
        _world.Run(QuietMs);
        agent.IsQuiet = false;
        _world.Run(3000);
        recorder.Stop(_world.NowUs, null);
        _world.Run(300);
        var pcm = sink.Channel(0);
        var quiet = Assert.Single(SilenceFinder.Find(pcm.AsSpan(8 * 1000, pcm.Length - (8 * 1500)), 8 * 200));
        // The drift of two minutes is 24 ms; it is known to a window of four seconds and mended all at once, in the silence.
        var mendedMs = (quiet.Length / 8.0) - QuietMs;
        Assert.InRange(mendedMs * Math.Sign(ppm), 18, 25);
        Assert.InRange(LargestBreak(pcm.AsSpan(8 * 1000, quiet.Start - 8)), 0, 1000);
        Assert.InRange(LargestBreak(pcm.AsSpan(8 * 1000 + quiet.Stop + 8, 8 * 2000)), 0, 1000);
    }

    [Fact]
    public void A_break_in_a_tone_would_be_heard()
    {
        var tone = new ToneGenerator(880, 8000);
        var pcm = new short[800];
        tone.Fill(pcm.AsSpan(0, 400), 0);
        tone.Fill(pcm.AsSpan(400), 400 + 40);
        Assert.InRange(LargestBreak(pcm), 3000, double.MaxValue);
    }

    /// <summary>By how much a sample is not what its two neighbours before let a tone of 880 Hz expect.</summary>
    private static double LargestBreak(ReadOnlySpan<short> pcm)
    {
        var twice = 2 * Math.Cos(2 * Math.PI * 880 / 8000);
        var largest = 0.0;
        for (var i = 2; i < pcm.Length; i++)
            largest = Math.Max(largest, Math.Abs(pcm[i] - (twice * pcm[i - 1]) + pcm[i - 2]));
        return largest;
    }
}
