using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.Versioning;
using Microsoft.Extensions.Logging;
using Tandem.ScreenRecordingService.Native.Windows;

namespace Tandem.ScreenRecordingService.Service.Windows;

/// <summary>Sees to it that every session with a screen has its worker: what a systemd unit of each user does elsewhere. A
/// worker outlives the service that started it and finds the next one by itself.</summary>
[SupportedOSPlatform("windows")]
internal sealed partial class SessionWorkers(WorkerGate gate, IReadOnlyList<string> excluded, TimeProvider time, ILogger log)
{
    /// <summary>Also how long workers of an earlier service have to come in before others are started.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly Dictionary<uint, Process> started = [];

    public async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await NextAsync(timer, stop))
        {
            foreach (var session in Sessions.Shown())
            {
                if (!gate.HasWorkerOf(session) && !IsStarting(session))
                    Start(session);
            }
        }
    }

    private static async Task<bool> NextAsync(PeriodicTimer timer, CancellationToken stop)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stop);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private bool IsStarting(uint session) => started.TryGetValue(session, out var process) && !process.HasExited;

    private void Start(uint session)
    {
        var program = OwnProgram.Start("worker", "--socket", gate.Path);
        var command = WindowsCommandLine.Join([program.FileName, .. program.ArgumentList, .. ExcludeOption.Words(excluded)]);
        try
        {
            if (Sessions.Start(session, command) is not { } process)
                return;
            started[session] = process;
            LogStarted(log, session, process.Id);
        }
        catch (Exception e) when (e is Win32Exception or ArgumentException)
        {
            // ArgumentException: it has ended already.
            LogFailed(log, session, e.Message);
        }
    }

    [LoggerMessage(7080, LogLevel.Information, "Session {Session} has a screen worker: process {ProcessId}")]
    private static partial void LogStarted(ILogger log, uint session, int processId);

    [LoggerMessage(7081, LogLevel.Warning, "No screen worker can be started in session {Session}: {Problem}")]
    private static partial void LogFailed(ILogger log, uint session, string problem);
}
