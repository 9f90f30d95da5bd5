namespace Tandem.MediaControlPlatform.Tests;

/// <summary>Waiting for what is on its way, on a machine that may be busy.</summary>
internal static class Waiting
{
    private const int StepMs = 100;
    private const int LongestMs = 60_000;

    public static Task Wait(int ms) => Task.Delay(TimeSpan.FromMilliseconds(ms), TimeProvider.System);

    public static async Task WaitFor(Func<bool> condition)
    {
        for (var waitedMs = 0; waitedMs < LongestMs && !condition(); waitedMs += StepMs)
            await Wait(StepMs);
        Assert.True(condition());
    }
}
