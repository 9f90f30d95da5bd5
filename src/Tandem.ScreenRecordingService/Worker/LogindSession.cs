using System.Runtime.InteropServices;
using Tandem.ScreenRecordingService.Native.Posix;
using Tandem.ScreenRecordingService.Native.Systemd;

namespace Tandem.ScreenRecordingService.Worker;

/// <summary>One connection to logind about one session (org.freedesktop.login1(5)). Used by one thread.</summary>
internal sealed unsafe class LogindSession : IDisposable
{
    private const string Service = "org.freedesktop.login1";
    private const string Session = "org.freedesktop.login1.Session";
    private const byte Boolean = (byte)'b';

    private readonly nint bus;
    private readonly string path;

    private LogindSession(nint bus, string path) => (this.bus, this.path) = (bus, path);

    /// <returns>Null where there is no logind, or no session of this user.</returns>
    public static LogindSession? Open()
    {
        try
        {
            if (SessionPath() is not { } path || SdBus.sd_bus_open_system(out var bus) < 0)
                return null;
            // The sender is part of the match: no one else on the bus can say that the screen is locked.
            var match = $"type='signal',sender='{Service}',path='{path}',interface='org.freedesktop.DBus.Properties',member='PropertiesChanged'";
            if (SdBus.sd_bus_add_match(bus, 0, match, &OnSignal, 0) >= 0)
                return new LogindSession(bus, path);
            SdBus.sd_bus_flush_close_unref(bus);
            return null;
        }
        catch (DllNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Why its screen is not its user's now, or null.</summary>
    public string? Away() => !Property("Active", otherwise: true) ? "user-switched" : Property("LockedHint", otherwise: false) ? "locked" : null;

    /// <summary>Blocks until a property may have changed.</summary>
    /// <returns>False when the bus is gone.</returns>
    public bool Wait()
    {
        for (var seen = false; ;)
        {
            var processed = SdBus.sd_bus_process(bus, 0);
            if (processed < 0)
                return false;
            if (processed == 0 && seen)
                return true;
            seen |= processed > 0;
            if (processed == 0 && SdBus.sd_bus_wait(bus, ulong.MaxValue) < 0)
                return false;
        }
    }

    public void Dispose() => SdBus.sd_bus_flush_close_unref(bus);

    private bool Property(string name, bool otherwise)
    {
        int value;
        return SdBus.sd_bus_get_property_trivial(bus, Service, path, Session, name, 0, Boolean, &value) >= 0 ? value != 0 : otherwise;
    }

    private static string? SessionPath()
    {
        var id = Environment.GetEnvironmentVariable("XDG_SESSION_ID") ?? Taken(SdBus.sd_uid_get_display(Libc.getuid(), out var name), name);
        return id is null ? null : Taken(SdBus.sd_bus_path_encode("/org/freedesktop/login1/session", id, out var path), path);
    }

    private static string? Taken(int result, nint text)
    {
        if (result < 0)
            return null;
        var taken = Marshal.PtrToStringUTF8(text);
        NativeMemory.Free((void*)text);
        return taken;
    }

    [UnmanagedCallersOnly]
    private static int OnSignal(nint message, nint data, nint error) => 0;
}
