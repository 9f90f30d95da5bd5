using System.Runtime.InteropServices;

namespace Tandem.ScreenRecordingService.Native.Systemd;

/// <summary>What is asked of logind through libsystemd: sd-bus(3), sd-login(3). Negative results are errors.</summary>
internal static unsafe partial class SdBus
{
    private const string Library = "libsystemd.so.0";

    [LibraryImport(Library)]
    public static partial int sd_bus_open_system(out nint bus);

    [LibraryImport(Library)]
    public static partial nint sd_bus_flush_close_unref(nint bus);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int sd_bus_path_encode(string prefix, string name, out nint path);

    /// <param name="slot">0: the match lives as long as the bus.</param>
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int sd_bus_add_match(
        nint bus, nint slot, string match, delegate* unmanaged<nint, nint, nint, int> handler, nint data);

    [LibraryImport(Library)]
    public static partial int sd_bus_process(nint bus, nint message);

    [LibraryImport(Library)]
    public static partial int sd_bus_wait(nint bus, ulong timeoutUs);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int sd_bus_get_property_trivial(
        nint bus, string destination, string path, string contract, string member, nint error, byte type, int* value);

    /// <summary>The graphical session of a user.</summary>
    [LibraryImport(Library)]
    public static partial int sd_uid_get_display(uint user, out nint session);
}
