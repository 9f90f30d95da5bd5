namespace Tandem.ScreenRecordingService.Tests;

internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task<T> GetAsync<T>(Func<T?> look, CancellationToken stop) where T : class
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        while (true)
        {
            if (look() is { } found)
                return found;
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
        }
    }

    public static Task HoldsAsync(Func<bool> look, CancellationToken stop) => GetAsync(() => look() ? "yes" : null, stop);

    /// <summary>A file is there and larger than this.</summary>
    public static Task GrownAsync(string path, long bytes, CancellationToken stop) =>
        HoldsAsync(() => File.Exists(path) && new FileInfo(path).Length > bytes, stop);
}
