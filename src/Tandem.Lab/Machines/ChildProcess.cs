using System.Diagnostics;
using System.Text;
using Tandem.Lab.Native;

namespace Tandem.Lab.Machines;

/// <summary>A program this process started and ends. Its output is read as it comes, so that it never blocks on a
/// full pipe; the last lines of it explain a failure.</summary>
public sealed class ChildProcess : IAsyncDisposable
{
    private const int KeptLines = 200;

    private readonly Process _process;
    private readonly Lock _gate = new();
    private readonly Queue<string> _lines = new();
    private readonly List<(Func<string, bool> Wanted, TaskCompletionSource<string> Found)> _waiters = [];

    private ChildProcess(Process process, string name)
    {
        _process = process;
        Name = name;
    }

    public string Name { get; }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>Only after it has exited.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>The newest lines of both its outputs, oldest first.</summary>
    public string Tail
    {
        get
        {
            lock (_gate)
                return string.Join('\n', _lines);
        }
    }

    /// <param name="environment">Added to this process's own; a null value removes.</param>
    public static ChildProcess Start(
        string file, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null, string? name = null)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var (key, value) in environment ?? new Dictionary<string, string?>())
            start.Environment[key] = value;
        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        var child = new ChildProcess(process, name ?? Path.GetFileName(file));
        process.OutputDataReceived += (_, line) => child.Take(line.Data);
        process.ErrorDataReceived += (_, line) => child.Take(line.Data);
        process.Exited += (_, _) => child.GiveUp();
        process.Start();
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return child;
    }

    /// <summary>The first line, past or to come, that is wanted.</summary>
    /// <exception cref="LabException">It ended, or the time is over; the message has its last lines.</exception>
    public async Task<string> WaitForLineAsync(Func<string, bool> wanted, TimeSpan limit, CancellationToken stop)
    {
        var found = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_lines.FirstOrDefault(wanted) is { } past)
                return past;
            _waiters.Add((wanted, found));
        }
        if (_process.HasExited)
            GiveUp();
        try
        {
            return await found.Task.WaitAsync(limit, stop);
        }
        catch (TimeoutException)
        {
            throw new LabException($"{Name} did not say what was awaited within {limit.TotalSeconds:0} s:\n{Tail}");
        }
    }

    public async Task<int> WaitForExitAsync(TimeSpan limit, CancellationToken stop)
    {
        try
        {
            await _process.WaitForExitAsync(stop).WaitAsync(limit, stop);
            return _process.ExitCode;
        }
        catch (TimeoutException)
        {
            throw new LabException($"{Name} did not end within {limit.TotalSeconds:0} s:\n{Tail}");
        }
    }

    /// <summary>SIGTERM, then its exit code; killed when it does not end in time.</summary>
    public async Task<int> StopAsync(TimeSpan limit)
    {
        if (!_process.HasExited)
            Signals.Send(_process.Id, Signals.Terminate);
        try
        {
            return await WaitForExitAsync(limit, CancellationToken.None);
        }
        catch (LabException)
        {
            Kill();
            throw;
        }
    }

    /// <summary>SIGKILL, as a power button would.</summary>
    public void Kill()
    {
        if (!_process.HasExited)
            Signals.Send(_process.Id, Signals.Kill);
        _process.WaitForExit();
    }

    private void Take(string? line)
    {
        if (line is null)
            return;
        lock (_gate)
        {
            _lines.Enqueue(line);
            if (_lines.Count > KeptLines)
                _lines.Dequeue();
            foreach (var waiter in _waiters.Where(w => w.Wanted(line)).ToArray())
            {
                _waiters.Remove(waiter);
                waiter.Found.TrySetResult(line);
            }
        }
    }

    private void GiveUp()
    {
        // The last lines may still be in the pipe when the exit is seen.
        if (!_process.WaitForExit(TimeSpan.FromSeconds(2)))
            return;
        lock (_gate)
        {
            foreach (var waiter in _waiters)
                waiter.Found.TrySetException(new LabException($"{Name} ended:\n{string.Join('\n', _lines)}"));
            _waiters.Clear();
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await StopAsync(TimeSpan.FromSeconds(15));
        }
        catch (LabException)
        {
            // Killed by StopAsync; nothing is left to stop.
        }
        _process.Dispose();
    }
}
