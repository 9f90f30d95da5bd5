using System.Runtime.InteropServices;
using Tandem.ScreenRecordingService.Native.X11;

namespace Tandem.ScreenRecordingService.Capture;

/// <summary>One connection to an X server, with what its loss means kept away from the process: Xlib would end it.</summary>
internal sealed unsafe class X11Connection : IDisposable
{
    private readonly string name;
    private readonly int* lost = (int*)NativeMemory.AllocZeroed(sizeof(int));
    private bool disposed;

    /// <exception cref="DisplayLostException"/>
    public X11Connection(string? display)
    {
        name = display ?? Environment.GetEnvironmentVariable("DISPLAY") ?? "";
        if (name.Length == 0)
            throw new DisplayLostException("No display is named: give --display :N or set DISPLAY.");
        try
        {
            Display = Xlib.XOpenDisplay(name);
        }
        catch (DllNotFoundException)
        {
            throw new DisplayLostException("libX11 is not installed: install the package libx11-6.");
        }
        if (Display == 0)
            throw new DisplayLostException($"The display {name} cannot be opened: is an X server running there, and may this user use it?");
        Xlib.XSetErrorHandler(&OnError);
        Xlib.XSetIOErrorHandler(&OnIoError);
        Xlib.XSetIOErrorExitHandler(Display, &OnExit, (nint)lost);
        Screen = Xlib.XDefaultScreen(Display);
        Root = Xlib.XRootWindow(Display, Screen);
        Descriptor = Xlib.XConnectionNumber(Display);
        Xlib.XSelectInput(Display, Root, Xlib.StructureNotifyMask);
        if (XExtensions.XRRQueryExtension(Display, out var first, out _) != 0)
        {
            FirstRandrEvent = first;
            XExtensions.XRRSelectInput(Display, Root, 1 | 2 | 4);
        }
        ReadGeometry();
    }

    public nint Display { get; }
    public int Screen { get; }
    public nuint Root { get; }
    public int Descriptor { get; }

    /// <summary>RRScreenChangeNotify, or -1.</summary>
    public int FirstRandrEvent { get; } = -1;
    public int Width { get; private set; }
    public int Height { get; private set; }

    public void ReadGeometry()
    {
        if (Xlib.XGetGeometry(Display, Root, out _, out _, out _, out var width, out var height, out _, out _) == 0)
            throw Lost();
        (Width, Height) = ((int)width, (int)height);
    }

    public bool GeometryDiffers(int width, int height)
    {
        ReadGeometry();
        return Width != width || Height != height;
    }

    public DisplayLostException Lost() => new($"The display {name} went away.");

    public void ThrowIfLost()
    {
        if (*lost != 0)
            throw Lost();
    }

    public DisplayLostException Lacks(string extension) =>
        new($"The display {name} lacks the X extension {extension}, which screen recording needs.");

    public void Dispose()
    {
        if (disposed)
            return;
        disposed = true;
        // After the connection broke, XCloseDisplay would wait for it.
        if (*lost == 0)
            Xlib.XCloseDisplay(Display);
        NativeMemory.Free(lost);
    }

    /// <summary>A window may vanish between two requests of ours: never a reason to end.</summary>
    [UnmanagedCallersOnly]
    private static int OnError(nint display, nint report) => 0;

    /// <summary>Xlib's own would end the process before it comes to <see cref="OnExit"/>.</summary>
    [UnmanagedCallersOnly]
    private static int OnIoError(nint display) => 0;

    [UnmanagedCallersOnly]
    private static void OnExit(nint display, nint data) => *(int*)data = 1;
}
