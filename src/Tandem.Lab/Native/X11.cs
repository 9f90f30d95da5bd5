using System.Runtime.InteropServices;

namespace Tandem.Lab.Native;

/// <summary>The few calls of libX11 that painting needs. XIDs and pixels are C <c>unsigned long</c>: pointer-sized on
/// every Linux.</summary>
internal static partial class X11
{
    private const string Library = "libX11.so.6";

    [StructLayout(LayoutKind.Sequential)]
    internal struct Rectangle
    {
        public short X;
        public short Y;
        public ushort Width;
        public ushort Height;
    }

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint XOpenDisplay(string name);

    [LibraryImport(Library)]
    internal static partial int XCloseDisplay(nint display);

    [LibraryImport(Library)]
    internal static partial int XDefaultScreen(nint display);

    [LibraryImport(Library)]
    internal static partial nuint XDefaultRootWindow(nint display);

    [LibraryImport(Library)]
    internal static partial int XDisplayWidth(nint display, int screen);

    [LibraryImport(Library)]
    internal static partial int XDisplayHeight(nint display, int screen);

    [LibraryImport(Library)]
    internal static partial nuint XCreateSimpleWindow(
        nint display, nuint parent, int x, int y, uint width, uint height, uint borderWidth, nuint border, nuint background);

    [LibraryImport(Library)]
    internal static partial int XMapRaised(nint display, nuint window);

    [LibraryImport(Library)]
    internal static partial nint XCreateGC(nint display, nuint drawable, nuint valueMask, nint values);

    [LibraryImport(Library)]
    internal static partial int XFreeGC(nint display, nint gc);

    [LibraryImport(Library)]
    internal static partial int XSetForeground(nint display, nint gc, nuint pixel);

    [LibraryImport(Library)]
    internal static partial int XFillRectangles(
        nint display, nuint drawable, nint gc, ReadOnlySpan<Rectangle> rectangles, int count);

    [LibraryImport(Library)]
    internal static partial int XFlush(nint display);

    [LibraryImport(Library)]
    internal static partial int XSync(nint display, int discard);

    [LibraryImport(Library)]
    internal static unsafe partial nint XSetIOErrorHandler(delegate* unmanaged<nint, int> handler);

    [LibraryImport(Library)]
    internal static unsafe partial void XSetIOErrorExitHandler(
        nint display, delegate* unmanaged<nint, nint, void> handler, nint data);

    /// <summary>Without both handlers libX11 ends the whole process when the X server goes away.</summary>
    /// <param name="lost">Becomes 1 when that happens; of the display nothing may be asked any more.</param>
    internal static unsafe void SurviveServerLoss(nint display, int* lost)
    {
        XSetIOErrorHandler(&OnIoError);
        XSetIOErrorExitHandler(display, &OnExit, (nint)lost);
    }

    [UnmanagedCallersOnly]
    private static int OnIoError(nint display) => 0;

    [UnmanagedCallersOnly]
    private static unsafe void OnExit(nint display, nint data) => *(int*)data = 1;
}
