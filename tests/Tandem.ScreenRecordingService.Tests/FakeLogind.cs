using System.Runtime.InteropServices;
using Tandem.ScreenRecordingService.Tests.Native;
using Tandem.TestKit;

namespace Tandem.ScreenRecordingService.Tests;

/// <summary>A real message bus on which one session of logind can be locked and switched away.</summary>
internal sealed class FakeLogind : IAsyncDisposable
{
    public const string SessionId = "7";
    public const string SessionPath = "/org/freedesktop/login1/session/_37";
    private const string Properties = "org.freedesktop.DBus.Properties";
    private const ulong TurnUs = 50_000;

    private readonly RunningProcess daemon;
    private readonly TempFolder folder;
    private readonly Thread thread;
    private volatile bool active = true;
    private volatile bool locked;
    private volatile bool changed;
    private volatile bool over;

    private FakeLogind(RunningProcess daemon, TempFolder folder)
    {
        (this.daemon, this.folder) = (daemon, folder);
        thread = new Thread(Serve) { Name = "stand-in logind", IsBackground = true };
    }

    public static bool IsPossible => NativeLibrary.TryLoad("libsystemd.so.0", out _);

    public string Address => $"unix:path={folder.At("bus")}";

    /// <summary>How often a property was read.</summary>
    public int Asked;

    public static async Task<FakeLogind> StartAsync(CancellationToken stop)
    {
        var folder = new TempFolder();
        var daemon = RunningProcess.Start("dbus-daemon", ["--session", "--nofork", "--nopidfile", "--print-address", $"--address=unix:path={folder.At("bus")}"]);
        await daemon.WaitForAsync("unix:path=", stop);
        var logind = new FakeLogind(daemon, folder);
        var ready = new TaskCompletionSource();
        logind.named = ready;
        logind.thread.Start();
        await ready.Task.WaitAsync(stop);
        return logind;
    }

    private TaskCompletionSource? named;

    public void Say(bool isActive, bool isLocked) => (active, locked, changed) = (isActive, isLocked, true);

    public async ValueTask DisposeAsync()
    {
        over = true;
        thread.Join();
        await daemon.DisposeAsync();
        folder.Dispose();
    }

    private void Serve()
    {
        Must(SdBusService.sd_bus_new(out var bus));
        Must(SdBusService.sd_bus_set_address(bus, Address));
        Must(SdBusService.sd_bus_set_bus_client(bus, 1));
        Must(SdBusService.sd_bus_start(bus));
        Must(SdBusService.sd_bus_request_name(bus, "org.freedesktop.login1", 0));
        named!.SetResult();
        while (!over)
        {
            if (SdBusService.sd_bus_process(bus, out var message) == 0)
                _ = SdBusService.sd_bus_wait(bus, TurnUs);
            if (message != 0)
                Answer(bus, message);
            if (!changed)
                continue;
            changed = false;
            Signal(bus);
        }
        SdBusService.sd_bus_flush_close_unref(bus);
    }

    private void Answer(nint bus, nint call)
    {
        if (SdBusService.sd_bus_message_is_method_call(call, Properties, "Get") > 0)
        {
            Interlocked.Increment(ref Asked);
            Must(SdBusService.sd_bus_message_read_basic(call, (byte)'s', out _));
            Must(SdBusService.sd_bus_message_read_basic(call, (byte)'s', out var name));
            Must(SdBusService.sd_bus_message_new_method_return(call, out var reply));
            Must(SdBusService.sd_bus_message_open_container(reply, (byte)'v', "b"));
            Must(SdBusService.sd_bus_message_append_basic(reply, (byte)'b', (Marshal.PtrToStringUTF8(name) == "Active" ? active : locked) ? 1 : 0));
            Must(SdBusService.sd_bus_message_close_container(reply));
            Send(bus, reply);
        }
        SdBusService.sd_bus_message_unref(call);
    }

    private static void Signal(nint bus)
    {
        Must(SdBusService.sd_bus_message_new_signal(bus, out var signal, SessionPath, Properties, "PropertiesChanged"));
        Must(SdBusService.sd_bus_message_append_basic(signal, (byte)'s', "org.freedesktop.login1.Session"));
        Must(SdBusService.sd_bus_message_open_container(signal, (byte)'a', "{sv}"));
        Must(SdBusService.sd_bus_message_close_container(signal));
        Must(SdBusService.sd_bus_message_open_container(signal, (byte)'a', "s"));
        Must(SdBusService.sd_bus_message_close_container(signal));
        Send(bus, signal);
    }

    private static void Send(nint bus, nint message)
    {
        Must(SdBusService.sd_bus_send(bus, message, 0));
        SdBusService.sd_bus_message_unref(message);
    }

    private static void Must(int result)
    {
        if (result < 0)
            throw new InvalidOperationException($"sd-bus refused: {result}");
    }
}
