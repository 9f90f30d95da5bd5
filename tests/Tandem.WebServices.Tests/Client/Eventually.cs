namespace Tandem.WebServices.Tests.Client;

/// <summary>Waits for what another thread will do; generous, because the machine may be busy.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task<T> AsyncOf<T>(Func<Task<T?>> look, string what)
        where T : class
    {
        var started = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(started) < Patience)
        {
            if (await look() is { } seen)
            {
                return seen;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(30), TimeProvider.System, Http.Stop);
        }

        throw new TimeoutException($"Not seen within {Patience.TotalSeconds} s: {what}");
    }
}
