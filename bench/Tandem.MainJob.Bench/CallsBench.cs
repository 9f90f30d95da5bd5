namespace Tandem.MainJob.Bench;

/// <summary>How fast recording begins and how soon a call can be played.</summary>
internal static class CallsBench
{
    private const double TalkSeconds = 4;

    /// <param name="worlds">Fresh servers, one after the other.</param>
    internal static async Task RunAsync(int worlds, int callsEach, CancellationToken stop)
    {
        var timings = new List<CallTimings>();
        for (var run = 0; run < worlds; run++)
        {
            await using var world = await BenchWorld.StartAsync(stop);
            for (var call = 0; call < callsEach; call++)
                timings.Add((await world.CallAsync(TalkSeconds, stop)).Timings);
        }

        Figures.Head(worlds > 1 ? $"ms, first call of {worlds} fresh servers" : $"ms, {callsEach} calls of one server");
        Figures.Row("established -> first sample", "", timings.Select(one => one.VoiceMs));
        Figures.Row("established -> first picture", "p95 150", timings.Select(one => one.FirstFrameMs));
        Figures.Row("released -> both can be played", "3000", timings.Select(one => one.PlayableMs));
    }
}
