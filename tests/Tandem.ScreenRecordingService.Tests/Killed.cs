using System.Diagnostics;
using Tandem.TestKit;

namespace Tandem.ScreenRecordingService.Tests;

/// <summary>What a recorder loses that is killed, the same on every platform.</summary>
internal static class Killed
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Lets it record a painted screen for four seconds and kills it: at most the last second is lost.</summary>
    /// <param name="path">What it has begun to write.</param>
    public static async Task LosesAtMostTheLastSecondAsync(RunningProcess recorder, string path)
    {
        var began = Stopwatch.GetTimestamp();
        await Task.Delay(TimeSpan.FromSeconds(4), TimeProvider.System, Stop);
        recorder.Kill();
        var ran = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        await recorder.WaitAsync(Stop);
        var film = await Film.ReadAsync(path, Stop);
        Assert.True(film.Frames[^1].TimeMs > ran - 1_300, $"{film.Frames[^1].TimeMs} of {ran}");
    }
}
