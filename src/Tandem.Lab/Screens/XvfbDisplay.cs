using Tandem.Lab.Machines;

namespace Tandem.Lab.Screens;

/// <summary>A virtual X server of our own on a free display number.</summary>
public sealed class XvfbDisplay : IAsyncDisposable
{
    private readonly ChildProcess _server;

    private XvfbDisplay(ChildProcess server, string name)
    {
        _server = server;
        Name = name;
    }

    /// <summary>Such as <c>:99</c>.</summary>
    public string Name { get; }

    public int ProcessId => _server.Id;

    /// <exception cref="LabException">Xvfb is not installed or does not start.</exception>
    public static async Task<XvfbDisplay> StartAsync(int width, int height, CancellationToken stop)
    {
        var server = ChildProcess.Start(
            "Xvfb", ["-displayfd", "1", "-screen", "0", $"{width}x{height}x24", "-nolisten", "tcp", "-noreset"]);
        try
        {
            var number = await server.WaitForLineAsync(line => line.All(char.IsAsciiDigit), TimeSpan.FromSeconds(30), stop);
            return new XvfbDisplay(server, $":{number.Trim()}");
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes two monitors of it, <c>left</c> and <c>right</c>, side by side.</summary>
    /// <param name="width">Pixels of each, as <paramref name="height"/>.</param>
    /// <exception cref="FileNotFoundException">xrandr is not installed.</exception>
    /// <exception cref="LabException">It refused.</exception>
    public async Task SplitAsync(int width, int height, CancellationToken stop)
    {
        Programs.Require("xrandr");
        // The left one takes the one output that Xvfb has, which else were a third monitor.
        foreach (var (name, x, output) in new[] { ("left", 0, "screen"), ("right", width, "none") })
        {
            await using var xrandr = ChildProcess.Start(
                "xrandr", ["-display", Name, "--setmonitor", name, $"{width}/{width / 4}x{height}/{height / 4}+{x}+0", output]);
            if (await xrandr.WaitForExitAsync(TimeSpan.FromSeconds(30), stop) != 0)
                throw new LabException($"xrandr makes no monitor {name} on display {Name}: {xrandr.Tail}");
        }
    }

    /// <summary>Takes the display away, as a lost session would.</summary>
    public void Kill() => _server.Kill();

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
