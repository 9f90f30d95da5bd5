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

    /// <summary>Takes the display away, as a lost session would.</summary>
    public void Kill() => _server.Kill();

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
