using System.Globalization;
using Tandem.Lab.Phones;
using Tandem.Lab.Results;
using Tandem.Lab.Screens;
using Tandem.Lab.Senses;
using Tandem.Media.Signals;
using Tandem.TestKit;

namespace Tandem.SystemTests.Scenarios;

/// <summary>The main job: what <c>tandem sim simple</c> says is checked against the files alone.</summary>
[Collection(AloneTestGroup.Name)]
public sealed class SimpleTests
{
    [Fact]
    public async Task A_call_and_its_screen_are_recorded_and_linked()
    {
        var stop = TestContext.Current.CancellationToken;
        using var folder = new TempFolder();
        var (code, result, said) = await SimProcess.RunAsync("simple", folder.Path, stop);
        Assert.True(code == 0 && result is { Ok: true }, said);
        var interaction = Assert.Single(result.Interactions);
        var segment = Assert.Single(interaction.Segments);
        var screen = Assert.Single(result.Screens);
        JudgeShape(result, interaction, segment, screen);
        JudgeVoice(segment, HeardAudio.Read(folder.At(segment.File!)));
        JudgeScreen(screen, await Eye.LookAsync(folder.At(screen.File!), stop));
        Assert.InRange(result.SkewMs!.Value, -150, 150);
    }

    private static void JudgeShape(SimResult result, SimInteraction interaction, SimSegment segment, SimScreen screen)
    {
        Assert.Equal("simple", result.Scenario);
        Assert.Equal("voice", interaction.Kind);
        Assert.Matches("^[0-9A-V]{32}$", interaction.CallUuid);
        Assert.Equal("7001", segment.Dn);
        Assert.Equal(["a1"], segment.Agents);
        Assert.Equal(["a1", "customer"], segment.Channels);
        Assert.InRange(segment.DurationMs, 4000, 30_000);
        Assert.Equal("a1", screen.AgentId);
        Assert.Equal("callEnded", screen.EndReason);
        var link = Assert.Single(result.Links);
        Assert.Equal(
            (screen.Id, interaction.CallUuid, segment.Id, "primary"), (link.ScreenId, link.CallUuid, link.SegmentId, link.Relation));
        // Both axes tell the same instant where the link lays one on the other.
        var apart = At(screen.Start).AddMilliseconds(link.ScreenOffsetMs) - At(segment.Start).AddMilliseconds(link.SegmentOffsetMs!.Value);
        Assert.InRange(apart.TotalMilliseconds, -2, 2);
        Assert.InRange(link.LengthMs, 4000, segment.DurationMs + 5);
        Assert.NotNull(result.Timings.EstablishedToVoiceMs);
        Assert.NotNull(result.Timings.EstablishedToFirstFrameMs);
        Assert.NotNull(result.Timings.EndToPlayableMs);
    }

    private static void JudgeVoice(SimSegment segment, HeardAudio audio)
    {
        string[] parties = ["a1", "customer"];
        for (var channel = 0; channel < 2; channel++)
        {
            for (var at = 500.0; at + 900 < audio.DurationMs; at += 400)
                Assert.Equal([parties[channel]], Ear.PartiesIn(Ear.Window(audio, channel, at, at + 400), audio.Rate));
            var errors = Ear.SecondErrorsMs(audio, channel, At(segment.Start).ToUnixTimeMilliseconds());
            Assert.InRange(errors.Count, (int)(audio.DurationMs / 1000) - 2, (int)(audio.DurationMs / 1000) + 1);
            Assert.All(errors, error => Assert.InRange(error, -20, 20));
            var mark = Ear.SecondMarks(audio, channel)[1].StartMs;
            var level = Spectrum.ToneDbfs(
                Ear.Window(audio, channel, mark + 100, mark + 900), audio.Rate, Tones.Of(parties[channel]));
            Assert.InRange(level, Tones.LevelDbfs - 1, Tones.LevelDbfs + 1);
        }
    }

    private static void JudgeScreen(SimScreen screen, IReadOnlyList<SeenFrame> frames)
    {
        Assert.True(frames.Count > 20, $"{frames.Count} frames");
        Assert.Equal(0, frames[0].AtMs, 1.0);
        Assert.All(frames, frame => Assert.NotNull(frame.Clock));
        var start = At(screen.Start).ToUnixTimeMilliseconds();
        var first = start - SquareClock.StartOf(frames[0].Clock!.Value, start);
        // A value stands for 100 ms; the rest is what a busy machine takes to paint and fetch the first picture.
        Assert.InRange(first, -20, 400);
        var errors = Eye.ClockErrorsMs(frames, start);
        Assert.True(errors.Count > 20, $"{errors.Count} changes");
        Assert.InRange(errors.Order().ElementAt(errors.Count / 2), -20, 150);
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
