using System.Runtime.InteropServices;

namespace Tandem.ScreenRecordingService.Native.X11;

/// <summary>libX11. <c>nuint</c> stands for C <c>unsigned long</c> (XIDs, masks), which is pointer-sized wherever X11 runs.</summary>
internal static unsafe partial class Xlib
{
    private const string Library = "libX11.so.6";

    public const int ConfigureNotify = 22;
    public const int PropertyNotify = 28;
    public const int GenericEvent = 35;
    public const nint StructureNotifyMask = 1 << 17;
    public const nint SubstructureNotifyMask = 1 << 19;
    public const nint PropertyChangeMask = 1 << 22;

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint XOpenDisplay(string? name);

    [LibraryImport(Library)]
    public static partial int XCloseDisplay(nint display);

    [LibraryImport(Library)]
    public static partial int XDefaultScreen(nint display);

    [LibraryImport(Library)]
    public static partial nuint XRootWindow(nint display, int screen);

    [LibraryImport(Library)]
    public static partial nint XDefaultVisual(nint display, int screen);

    [LibraryImport(Library)]
    public static partial int XDefaultDepth(nint display, int screen);

    [LibraryImport(Library)]
    public static partial int XConnectionNumber(nint display);

    [LibraryImport(Library)]
    public static partial int XPending(nint display);

    [LibraryImport(Library)]
    public static partial int XNextEvent(nint display, byte* eventBuffer);

    [LibraryImport(Library)]
    public static partial int XFlush(nint display);

    [LibraryImport(Library)]
    public static partial int XSync(nint display, int discard);

    [LibraryImport(Library)]
    public static partial int XSelectInput(nint display, nuint window, nint mask);

    [LibraryImport(Library)]
    public static partial int XGetGeometry(
        nint display, nuint drawable, out nuint root, out int x, out int y, out uint width, out uint height, out uint border, out uint depth);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int XQueryExtension(nint display, string name, out int opcode, out int firstEvent, out int firstError);

    [LibraryImport(Library)]
    public static partial int XQueryPointer(
        nint display, nuint window, out nuint root, out nuint child, out int rootX, out int rootY, out int x, out int y, out uint mask);

    [LibraryImport(Library)]
    public static partial int XFree(void* data);

    [LibraryImport(Library)]
    public static partial byte* XGetAtomName(nint display, nuint atom);

    [LibraryImport(Library)]
    public static partial nint XSetErrorHandler(delegate* unmanaged<nint, nint, int> handler);

    [LibraryImport(Library)]
    public static partial void XSetIOErrorExitHandler(nint display, delegate* unmanaged<nint, nint, void> handler, nint data);

    [LibraryImport(Library)]
    public static partial nint XSetIOErrorHandler(delegate* unmanaged<nint, int> handler);

    [LibraryImport(Library)]
    public static partial nuint XGetSelectionOwner(nint display, nuint selection);

    [LibraryImport(Library)]
    public static partial int XGrabServer(nint display);

    [LibraryImport(Library)]
    public static partial int XUngrabServer(nint display);

    [LibraryImport(Library)]
    public static partial int XQueryTree(nint display, nuint window, out nuint root, out nuint parent, out nuint* children, out uint count);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nuint XInternAtom(nint display, string name, int onlyIfExists);

    [LibraryImport(Library)]
    public static partial int XGetWindowProperty(
        nint display, nuint window, nuint property, nint offset, nint length, int delete, nuint wantedType,
        out nuint type, out int format, out nuint items, out nuint bytesAfter, out byte* value);
}
