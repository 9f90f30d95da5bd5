using System.Diagnostics;

namespace Tandem.ScreenRecordingService.Tests;

/// <summary>The cap of uploads, by the clock of the server that they come to.</summary>
public sealed class UploadRateTests
{
    private const int Kbits = 16;
    private const double BytesPerSecond = Kbits * 125;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Uploads_keep_to_their_cap_and_bring_all()
    {
        await using var desk = new Desk();
        await desk.BeginAsync(more: ["--upload-rate", $"{Kbits}"]);
        var captureId = await desk.CaptureAsync();
        await Task.Delay(TimeSpan.FromSeconds(6), TimeProvider.System, Stop);
        var report = await desk.EndAsync(captureId);
        (await desk.FilmAsync(Assert.Single(report.Parts).StreamId)).AssertOnTime(report.StartUs / 1_000);
        var batches = desk.Rws.Uploads.Batches.ToArray();
        var seconds = Stopwatch.GetElapsedTime(batches[0].At, batches[^1].At).TotalSeconds;
        // A batch waits until all before it have had their time; the first may have been under way for a while.
        var paid = batches[..^1].Sum(batch => batch.Bytes);
        Assert.True(paid > 5 * BytesPerSecond, $"{paid} bytes are too few to judge by");
        Assert.True(paid <= (seconds + 1) * BytesPerSecond, $"{paid} bytes in {seconds:0.0} s");
    }
}
