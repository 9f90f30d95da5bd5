using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using Tandem.Contracts.Media;
using Tandem.Hosting;
using Tandem.Safekeeping.Spooling;
using Tandem.Safekeeping.Uploading;
using Tandem.ScreenRecordingService.LocalApi;
using Tandem.ScreenRecordingService.Worker;

namespace Tandem.ScreenRecordingService.Service;

/// <summary>Composes the service, says when it is ready, and takes it down in the order that loses nothing.</summary>
internal static class ServiceRunner
{
    private static readonly TimeSpan TickInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LastWordPatience = TimeSpan.FromSeconds(10);

    /// <param name="console">Is given the one line <c>ready http://127.0.0.1:PORT</c>.</param>
    /// <exception cref="ServiceException">It cannot start.</exception>
    public static async Task RunAsync(ServiceOptions options, TextWriter console, TimeProvider time, CancellationToken stop)
    {
        using var folder = DataFolderLock.Acquire(options.DataFolder);
        using var logging = new ConsoleLoggerProvider(new FixedOptions());
        using var loggers = LoggerFactory.Create(builder => builder.AddProvider(logging).SetMinimumLevel(LogLevel.Information));
        var log = loggers.CreateLogger("tandem-srs");
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false });
        var clock = new ServerClock(time, SleepClock.SleptMs);
        using var device = await Enrolment.EnsureAsync(options, http, new ServerTime(clock), stop);
        using var certificate = device.IngestCertificate();
        var state = new StateFile(options.DataFolder, time, log);
        using var spool = Spool.Open(
            Path.Combine(options.DataFolder, DataFolder.Spool),
            new SpoolOptions { IngestCertificate = certificate, FreeFloorBytes = options.DiskFloorBytes }, time, log);
        var interrupted = Recover(spool, state);
        var filing = new CaptureFiling(spool, device, clock, time, log);
        using var workers = new Workers(options, time, log);
        var control = new CaptureControl(workers.Gate, filing, clock, state, options, time, log);
        filing.Refused += control.Refuse;
        control.Continue(interrupted);
        var rws = new RwsClient(http, device, options);
        var live = new LiveFeed(rws, device, control, time, log);
        var health = new HealthReading(spool, clock, control, filing, workers.Gate);
        var socket = new RwsSocket(rws, device, control, live, clock, health.Read, time, log);
        control.Changed += socket.Tell;
        var uploads = new UploadClient(
            spool, new UploadClientOptions { Server = options.Servers[0], BytesPerSecond = options.UploadBytesPerSecond }, http, device.SignAsync, time, log);
        using var sessions = new SessionBook(rws, control, workers.Gate, state, options, time, log);
        using var down = new CancellationTokenSource();
        var capturing = Task.WhenAll(workers.RunAsync(), ForwardAsync(workers.Gate, control, filing, live), filing.RunAsync());
        Task[] talking = [socket.RunAsync(down.Token), uploads.RunAsync(down.Token), live.RunAsync(down.Token), TickAsync(control, time, down.Token)];
        try
        {
            // A service without a worker of its own serves sessions that are yet to begin.
            if (options.WorkerSocket is null)
                await control.FirstWorker.Task.WaitAsync(stop);
            await using var local = await LocalServer.StartAsync(
                options, new PeerGuard(workers.Gate), new LoginEndpoints(sessions, options), new TandemEndpoints(sessions, new PairingCodes(time), control, live, device, socket), time, logging);
            var why = await socket.FirstAttempt.Task.WaitAsync(stop);
            await console.WriteLineAsync($"ready {local.Address.GetLeftPart(UriPartial.Authority)}{(why is null ? "" : $" (server unreachable: {why})")}");
            await console.FlushAsync(CancellationToken.None);
            await Task.Delay(Timeout.InfiniteTimeSpan, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        finally
        {
            control.Leave();
            await workers.CloseAsync(LastWordPatience);
            await capturing;
            await down.CancelAsync();
            await Task.WhenAll(talking).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Files what a crash left; the capture that was on stays open.</summary>
    /// <returns>What is known of that one.</returns>
    private static ScreenCaptureReport? Recover(Spool spool, StateFile state)
    {
        ScreenCaptureReport? interrupted = null;
        var open = state.Value.Capture?.Id;
        spool.Recover(
            owner =>
            {
                var report = CaptureMending.Read(owner);
                if (owner.OwnerId == open)
                    interrupted = report;
                return CaptureMending.ToSpool(report, owner);
            },
            ownerId => ownerId == open);
        return interrupted;
    }

    private static async Task ForwardAsync(WorkerGate workers, CaptureControl control, CaptureFiling filing, LiveFeed live)
    {
        await foreach (var happened in workers.Events.ReadAllAsync())
        {
            control.Take(happened);
            live.Take(happened);
        }
        filing.Complete();
    }

    private static async Task TickAsync(CaptureControl control, TimeProvider time, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(TickInterval, time);
        while (await timer.WaitForNextTickAsync(stop))
            control.Tick();
    }

    /// <summary>Log lines go to standard error: standard output is for what the user asked for.</summary>
    private sealed class FixedOptions : IOptionsMonitor<ConsoleLoggerOptions>
    {
        public ConsoleLoggerOptions CurrentValue { get; } = new() { LogToStandardErrorThreshold = LogLevel.Trace };

        public ConsoleLoggerOptions Get(string? name) => CurrentValue;

        public IDisposable? OnChange(Action<ConsoleLoggerOptions, string?> listener) => null;
    }
}
