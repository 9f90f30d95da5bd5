using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using Tandem.Contracts;
using Tandem.Contracts.Media;
using Tandem.Contracts.Srs;
using Tandem.Hosting;
using Tandem.Safekeeping.Spooling;
using Tandem.Safekeeping.Uploading;
using Tandem.ScreenRecordingService.LocalApi;

namespace Tandem.ScreenRecordingService.Service;

/// <summary>Composes the service, says when it is ready, and takes it down in the order that loses nothing.</summary>
internal static class ServiceRunner
{
    private static readonly TimeSpan TickInterval = TimeSpan.FromSeconds(1);

    /// <param name="console">Is given the one line <c>ready http://127.0.0.1:PORT</c>.</param>
    /// <exception cref="ServiceException">It cannot start.</exception>
    public static async Task RunAsync(ServiceOptions options, TextWriter console, TimeProvider time, CancellationToken stop)
    {
        using var folder = DataFolderLock.Acquire(options.DataFolder);
        using var logging = new ConsoleLoggerProvider(new FixedOptions());
        using var loggers = LoggerFactory.Create(builder => builder.AddProvider(logging).SetMinimumLevel(LogLevel.Information));
        var log = loggers.CreateLogger("tandem-srs");
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false });
        using var device = await Enrolment.EnsureAsync(options, http, time, stop);
        using var certificate = device.IngestCertificate();
        using var spool = Spool.Open(Path.Combine(options.DataFolder, "spool"), new SpoolOptions { IngestCertificate = certificate }, time, log);
        spool.Recover(Mend);
        var clock = new ServerClock();
        var filing = new CaptureFiling(spool, device, clock, time, log);
        await using var worker = new WorkerHost(options, time, log);
        var control = new CaptureControl(worker, filing, clock, options, time, log);
        filing.Refused += control.Refuse;
        var rws = new RwsClient(http, device, options);
        var socket = new RwsSocket(rws, device, control, clock, () => Health(spool, clock, control), time, log);
        control.Changed += socket.Tell;
        var uploads = new UploadClient(
            spool, new UploadClientOptions { Server = options.Servers[0], BytesPerSecond = options.UploadBytesPerSecond }, http, device.SignAsync, time, log);
        using var sessions = new SessionBook(rws, control, options, time, log);
        using var down = new CancellationTokenSource();
        var capturing = Task.WhenAll(worker.RunAsync(CancellationToken.None), ForwardAsync(worker, control, filing), filing.RunAsync());
        Task[] talking = [socket.RunAsync(down.Token), uploads.RunAsync(down.Token), TickAsync(control, time, down.Token)];
        try
        {
            await control.FirstWorker.Task.WaitAsync(stop);
            await using var local = await LocalServer.StartAsync(
                options, new LoginEndpoints(sessions, options), new TandemEndpoints(sessions, control, device, socket), time, logging);
            var why = await socket.FirstAttempt.Task.WaitAsync(stop);
            await console.WriteLineAsync($"ready {local.Address.GetLeftPart(UriPartial.Authority)}{(why is null ? "" : $" (server unreachable: {why})")}");
            await console.FlushAsync(CancellationToken.None);
            await Task.Delay(Timeout.InfiniteTimeSpan, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        finally
        {
            control.ShutDown();
            worker.BeginStop();
            await capturing;
            await down.CancelAsync();
            await Task.WhenAll(talking).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task ForwardAsync(WorkerHost worker, CaptureControl control, CaptureFiling filing)
    {
        await foreach (var happened in worker.Events.ReadAllAsync())
            control.Take(happened);
        filing.Complete();
    }

    private static async Task TickAsync(CaptureControl control, TimeProvider time, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(TickInterval, time);
        while (await timer.WaitForNextTickAsync(stop))
            control.Tick();
    }

    private static DeviceHealth Health(Spool spool, ServerClock clock, CaptureControl control) => new(
        ProgramVersion.Text, clock.OffsetUs, spool.PendingBytes, spool.FreeBytes, 0,
        System.Diagnostics.Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds, control.Actual().Problem);

    /// <summary>What a crash left: the last report, its end brought to what is really there.</summary>
    private static SpoolReport? Mend(RecoveredOwner owner)
    {
        if (owner.Report is not { } last
            || JsonSerializer.Deserialize(last.Json, ContractsJson.Default.ScreenCaptureReport) is not { } report)
            return null;
        var ends = owner.Streams.Where(s => s.Scan.Records.Count > 0)
            .ToDictionary(s => s.Sidecar.StreamId, s => (s.Scan.Records[^1].Header.UtcUs - s.Sidecar.StartUs) / 1_000);
        var parts = report.Parts.Select(p => ends.TryGetValue(p.StreamId, out var ms) ? p with { DurationMs = Math.Max(p.DurationMs, ms) } : p).ToArray();
        var stopUs = parts.Length == 0 ? report.StopUs : report.StartUs + (parts[^1].StartMs + parts[^1].DurationMs) * 1_000;
        var mended = report with { Parts = parts, StopUs = Math.Max(stopUs, report.StartUs), EndReason = EndReason.Truncated };
        return new SpoolReport(last.Path, JsonSerializer.SerializeToUtf8Bytes(mended, ContractsJson.Default.ScreenCaptureReport));
    }

    /// <summary>Log lines go to standard error: standard output is for what the user asked for.</summary>
    private sealed class FixedOptions : IOptionsMonitor<ConsoleLoggerOptions>
    {
        public ConsoleLoggerOptions CurrentValue { get; } = new() { LogToStandardErrorThreshold = LogLevel.Trace };

        public ConsoleLoggerOptions Get(string? name) => CurrentValue;

        public IDisposable? OnChange(Action<ConsoleLoggerOptions, string?> listener) => null;
    }
}
