using System.Runtime.InteropServices;

namespace Tandem.ScreenRecordingService.Tests.Native;

/// <summary>The half of sd-bus(3) that answers, for a stand-in of logind.</summary>
internal static partial class SdBusService
{
    private const string Library = "libsystemd.so.0";

    [LibraryImport(Library)]
    public static partial int sd_bus_new(out nint bus);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int sd_bus_set_address(nint bus, string address);

    [LibraryImport(Library)]
    public static partial int sd_bus_set_bus_client(nint bus, int value);

    [LibraryImport(Library)]
    public static partial int sd_bus_start(nint bus);

    [LibraryImport(Library)]
    public static partial nint sd_bus_flush_close_unref(nint bus);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int sd_bus_request_name(nint bus, string name, ulong flags);

    [LibraryImport(Library)]
    public static partial int sd_bus_process(nint bus, out nint message);

    [LibraryImport(Library)]
    public static partial int sd_bus_wait(nint bus, ulong timeoutUs);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int sd_bus_message_is_method_call(nint message, string contract, string member);

    [LibraryImport(Library)]
    public static partial int sd_bus_message_read_basic(nint message, byte type, out nint value);

    [LibraryImport(Library)]
    public static partial int sd_bus_message_new_method_return(nint call, out nint message);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int sd_bus_message_new_signal(nint bus, out nint message, string path, string contract, string member);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int sd_bus_message_open_container(nint message, byte type, string contents);

    [LibraryImport(Library)]
    public static partial int sd_bus_message_close_container(nint message);

    [LibraryImport(Library)]
    public static partial int sd_bus_message_append_basic(nint message, byte type, in int value);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int sd_bus_message_append_basic(nint message, byte type, string value);

    [LibraryImport(Library)]
    public static partial int sd_bus_send(nint bus, nint message, nint cookie);

    [LibraryImport(Library)]
    public static partial nint sd_bus_message_unref(nint message);
}
