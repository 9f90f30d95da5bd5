using Tandem.Lab.Machines;

namespace Tandem.Lab.World;

/// <summary>A real <c>tandem-srs run</c> on a display.</summary>
public sealed class ScreenRecorderProcess : IAsyncDisposable
{
    private readonly ChildProcess _process;

    private ScreenRecorderProcess(ChildProcess process, Uri local)
    {
        _process = process;
        Local = local;
    }

    /// <summary>The local API.</summary>
    public Uri Local { get; }

    public int Id => _process.Id;

    public string Tail => _process.Tail;

    /// <param name="enrolmentToken">Null where the data folder is enrolled already.</param>
    public static async Task<ScreenRecorderProcess> StartAsync(
        string dataFolder, Uri web, string? enrolmentToken, int port, string display, CancellationToken stop)
    {
        string[] enrol = enrolmentToken is null ? [] : ["--enrol", enrolmentToken];
        var process = ChildProcess.Start(Binaries.ScreenService,
        [
            "run", "--data", dataFolder, "--server", web.GetLeftPart(UriPartial.Authority), .. enrol,
            "--port", $"{port}", "--display", display, "--origin", web.GetLeftPart(UriPartial.Authority),
        ]);
        try
        {
            var line = await process.WaitForLineAsync(
                said => said.StartsWith("ready", StringComparison.Ordinal), TimeSpan.FromSeconds(60), stop);
            return new ScreenRecorderProcess(process, new Uri(line.Split(' ')[1]));
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    public Task<int> StopAsync() => _process.StopAsync(TimeSpan.FromSeconds(30));

    public void Kill() => _process.Kill();

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
