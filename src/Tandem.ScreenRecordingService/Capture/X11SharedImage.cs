using System.Runtime.InteropServices;
using Tandem.ScreenRecordingService.Native.Posix;
using Tandem.ScreenRecordingService.Native.X11;

namespace Tandem.ScreenRecordingService.Capture;

/// <summary>Shared memory that the X server writes pixels into, one rectangle at a time.</summary>
internal sealed unsafe class X11SharedImage : IDisposable
{
    private readonly X11Connection x;
    private readonly XShmSegmentInfo* segment;
    private readonly XImage* template;
    private bool disposed;

    public X11SharedImage(X11Connection x, int width, int height)
    {
        this.x = x;
        if (XExtensions.XShmQueryExtension(x.Display) == 0)
            throw x.Lacks("MIT-SHM");
        segment = (XShmSegmentInfo*)NativeMemory.AllocZeroed((nuint)sizeof(XShmSegmentInfo));
        template = XExtensions.XShmCreateImage(
            x.Display, Xlib.XDefaultVisual(x.Display, x.Screen), (uint)Xlib.XDefaultDepth(x.Display, x.Screen), XExtensions.ZPixmap, null, segment,
            (uint)width, (uint)height);
        if (template == null || template->BitsPerPixel != 32 || template->ByteOrder != 0 || template->RedMask != 0xFF0000)
            throw new DisplayLostException("The display's pixels are not 32-bit BGRX: start it with a depth of 24.");
        segment->Id = Libc.shmget(Libc.IpcPrivate, (nuint)((long)template->BytesPerLine * height), Libc.IpcCreate | 0x180);
        segment->Address = (byte*)Libc.shmat(segment->Id, 0, 0);
        if (segment->Id < 0 || segment->Address == (byte*)-1)
            throw new DisplayLostException("No shared memory for the display's picture.");
        template->Data = segment->Address;
        XExtensions.XShmAttach(x.Display, segment);
        Xlib.XSync(x.Display, 0);
        // Once both are attached the name may go: it then cannot outlive us.
        Libc.shmctl(segment->Id, Libc.IpcRemove, 0);
    }

    /// <summary>Rectangles of the screen that are made black before anything else sees them.</summary>
    public IReadOnlyList<XRectangle> Blackened { get; set; } = [];

    /// <summary>Brings one rectangle of tiles into <paramref name="picture"/>.</summary>
    public void Fetch(ScreenPicture picture, TileRectangle tiles, bool mayScroll)
    {
        var by = picture.Reduction;
        var side = ScreenPicture.Tile * by;
        var (left, top) = (tiles.Column * side, tiles.Row * side);
        var part = *template;
        part.Width = Math.Min(tiles.Columns * side, picture.Width * by - left);
        part.Height = Math.Min(tiles.Rows * side, picture.Height * by - top);
        part.BytesPerLine = part.Width * 4;
        // A rectangle outside a display that has just shrunk fails; the new geometry is on its way.
        var (screenLeft, screenTop) = (picture.Left + left, picture.Top + top);
        if (part.Width <= 0 || part.Height <= 0 || XExtensions.XShmGetImage(x.Display, x.Root, &part, screenLeft, screenTop, nuint.MaxValue) == 0)
            return;
        foreach (var black in Blackened)
            Blacken(black, screenLeft, screenTop, part.Width, part.Height);
        picture.Update(new PixelArea(left / by, top / by, part.Width / by, part.Height / by), segment->Address, part.BytesPerLine, mayScroll);
    }

    private void Blacken(XRectangle black, int left, int top, int width, int height)
    {
        var (from, until) = (Math.Max(black.X - left, 0), Math.Min(black.X + black.Width - left, width));
        for (var y = Math.Max(black.Y - top, 0); y < Math.Min(black.Y + black.Height - top, height) && until > from; y++)
            new Span<byte>(segment->Address + ((long)y * width + from) * 4, (until - from) * 4).Clear();
    }

    public void Dispose()
    {
        if (disposed)
            return;
        disposed = true;
        XExtensions.XShmDetach(x.Display, segment);
        Xlib.XSync(x.Display, 0);
        Libc.shmdt(segment->Address);
        Xlib.XFree(template);
        NativeMemory.Free(segment);
    }
}
