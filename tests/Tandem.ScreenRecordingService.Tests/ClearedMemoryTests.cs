using System.Globalization;
using Tandem.Lab.Screens;
using Tandem.TestKit;

namespace Tandem.ScreenRecordingService.Tests;

/// <summary>What a recorder of a real 1080p screen holds in memory, as the kernel counts it.</summary>
public sealed class ClearedMemoryTests
{
    /// <summary>The tokens of 120×68 tiles.</summary>
    private const long TokenKilobytes = 120 * 68 * 772 * 16 / 1024;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_the_encoders_largest_buffer_only_what_it_uses_is_real()
    {
        using var folder = new TempFolder();
        await using var display = await XvfbDisplay.StartAsync(1920, 1080, Stop);
        await using var painted = PaintedScreen.Start(display.Name, "agent 1", TimeProvider.System);
        await using var recorder = Srs.Start("record", "--display", display.Name, "--out", folder.At("a.mp4"));
        await Eventually.GrownAsync(folder.At("a.mp4"), 20_000, Stop);
        // The kernel counts blocks that happen to lie side by side as one.
        var real = (await BlocksAsync(recorder.Id)).Where(block => block.Size is > TokenKilobytes and < 2 * TokenKilobytes).MinBy(block => block.Size).Real;
        await Srs.SignalAsync(recorder, "TERM");
        Assert.Equal(0, recorder.ExitCode);
        Assert.InRange(real, 1, TokenKilobytes / 2);
    }

    /// <summary>Size and what is real of it, in KiB, of every mapping (proc(5), <c>/proc/PID/smaps</c>).</summary>
    private static async Task<IReadOnlyList<(long Size, long Real)>> BlocksAsync(int processId)
    {
        var found = new List<(long Size, long Real)>();
        foreach (var line in await File.ReadAllLinesAsync($"/proc/{processId}/smaps", Stop))
        {
            if (line.StartsWith("Size:", StringComparison.Ordinal))
                found.Add((Number(line), 0));
            else if (line.StartsWith("Rss:", StringComparison.Ordinal))
                found[^1] = found[^1] with { Real = Number(line) };
        }
        return found;
    }

    private static long Number(string line) =>
        long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
}
