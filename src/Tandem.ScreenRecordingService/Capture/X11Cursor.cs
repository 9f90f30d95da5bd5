using Tandem.ScreenRecordingService.Native.X11;

namespace Tandem.ScreenRecordingService.Capture;

/// <summary>The pointer: raw motion says it moved (and an idle mouse says nothing), XFixes brings its image when that changes.</summary>
internal sealed unsafe class X11Cursor
{
    private readonly X11Connection x;
    private readonly int fixesEvent;
    private readonly int inputOpcode;
    private CursorShape? shape;
    private int hotX, hotY;

    public X11Cursor(X11Connection x)
    {
        this.x = x;
        XExtensions.XFixesQueryExtension(x.Display, out var first, out _);
        fixesEvent = first + 1;
        XExtensions.XFixesSelectCursorInput(x.Display, x.Root, 1);
        var (major, minor) = (2, 0);
        if (Xlib.XQueryExtension(x.Display, "XInputExtension", out inputOpcode, out _, out _) == 0
            || XExtensions.XIQueryVersion(x.Display, ref major, ref minor) != 0)
            throw x.Lacks("XInputExtension 2");
    }

    /// <summary>Whether motion is reported.</summary>
    public void Watch(bool motion)
    {
        var bits = stackalloc byte[4];
        new Span<byte>(bits, 4).Clear();
        if (motion)
            bits[XExtensions.RawMotion / 8] |= 1 << (XExtensions.RawMotion % 8);
        var mask = new XIEventMask { DeviceId = XExtensions.AllMasterDevices, MaskLength = 4, Mask = bits };
        XExtensions.XISelectEvents(x.Display, x.Root, &mask, 1);
        Xlib.XFlush(x.Display);
    }

    /// <returns>Whether the event says that the pointer moved or changed.</returns>
    public bool Takes(int type, byte* buffer)
    {
        if (type == fixesEvent)
        {
            shape = null;
            return true;
        }
        // XGenericEventCookie: extension at 32, evtype at 36
        return type == Xlib.GenericEvent && *(int*)(buffer + 32) == inputOpcode && *(int*)(buffer + 36) == XExtensions.RawMotion;
    }

    public CursorShape? Read()
    {
        if (shape is null)
            return shape = Fetch();
        if (Xlib.XQueryPointer(x.Display, x.Root, out _, out _, out var rootX, out var rootY, out _, out _, out _) == 0)
            return null;
        var (left, top) = (rootX - hotX, rootY - hotY);
        return shape.X == left && shape.Y == top ? shape : shape = shape with { X = left, Y = top };
    }

    private CursorShape? Fetch()
    {
        var image = XExtensions.XFixesGetCursorImage(x.Display);
        if (image == null)
            return null;
        var pixels = new uint[image->Width * image->Height];
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = (uint)image->Pixels[i];
        (hotX, hotY) = (image->HotX, image->HotY);
        var read = new CursorShape(image->X - hotX, image->Y - hotY, image->Width, image->Height, pixels);
        Xlib.XFree(image);
        return read;
    }
}
