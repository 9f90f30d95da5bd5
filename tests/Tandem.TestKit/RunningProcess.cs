using System.Diagnostics;
using System.Text;

namespace Tandem.TestKit;

/// <summary>A program that a test started. Dispose ends it and its children, and waits for that.</summary>
public sealed class RunningProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly SemaphoreSlim _lineCame = new(0);

    private RunningProcess(Process process) => _process = process;

    public int Id => _process.Id;
    public bool HasExited => _process.HasExited;
    public int ExitCode => _process.ExitCode;

    /// <summary>Standard output and error by now, interleaved by line.</summary>
    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    public static RunningProcess Start(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        var running = new RunningProcess(new Process { StartInfo = start });
        running._process.OutputDataReceived += (_, line) => running.Take(line.Data);
        running._process.ErrorDataReceived += (_, line) => running.Take(line.Data);
        running._process.Start();
        running._process.BeginOutputReadLine();
        running._process.BeginErrorReadLine();
        return running;
    }

    /// <summary>As one that ignores a signal from its start on: INT, as what a script puts in the background does; or XFSZ, so
    /// that it is told of a limit of its files and not ended.</summary>
    public static RunningProcess StartIgnoring(
        string signal, string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null) =>
        Start("sh", ["-c", $"trap '' {signal}; exec \"$@\"", "sh", program, .. arguments], environment);

    /// <summary>Runs to the end.</summary>
    /// <returns>Exit code and all output.</returns>
    public static async Task<(int ExitCode, string Output)> RunAsync(
        string program, IEnumerable<string> arguments, CancellationToken stop = default)
    {
        await using var running = Start(program, arguments);
        await running.WaitAsync(stop);
        return (running.ExitCode, running.Output);
    }

    /// <summary>Waits until the output holds the text.</summary>
    /// <exception cref="InvalidOperationException">The program ended without it; the message has its output.</exception>
    public async Task WaitForAsync(string text, CancellationToken stop = default)
    {
        while (!Output.Contains(text, StringComparison.Ordinal))
        {
            if (_process.HasExited)
            {
                await _process.WaitForExitAsync(stop);
                if (Output.Contains(text, StringComparison.Ordinal))
                    return;
                throw new InvalidOperationException($"It ended with {ExitCode} before saying '{text}':\n{Output}");
            }

            await _lineCame.WaitAsync(TimeSpan.FromMilliseconds(200), stop);
        }
    }

    /// <summary>Sends a signal, such as <c>INT</c>, and waits for the end, a minute at most.</summary>
    public async Task EndAsync(string signal, CancellationToken stop = default)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(TimeSpan.FromMinutes(1));
        await RunAsync("kill", [$"-{signal}", $"{Id}"], patience.Token);
        await WaitAsync(patience.Token);
    }

    public Task WaitAsync(CancellationToken stop = default) => _process.WaitForExitAsync(stop);

    /// <summary>Ends it at once (SIGKILL), without its children.</summary>
    public void Kill() => _process.Kill();

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
        _lineCame.Dispose();
    }

    private void Take(string? line)
    {
        if (line is null)
            return;
        lock (_output)
            _output.AppendLine(line);
        _lineCame.Release();
    }
}
