namespace Tandem.Sip.Tests;

internal static class TestWait
{
    /// <summary>Waits for a condition, at most 15 s or what is given.</summary>
    public static async Task Until(Func<bool> holds, int seconds = 15)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        while (!holds()) await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, limit.Token);
    }
}
