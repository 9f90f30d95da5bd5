using Tandem.Contracts.Media;
using Tandem.ScreenRecordingService.Native.Posix;
using Tandem.ScreenRecordingService.Native.X11;

namespace Tandem.ScreenRecordingService.Capture;

/// <summary>An X11 display: XDamage tells what changed, XShm brings the pixels, XFixes the pointer. While nothing changes
/// it sleeps in poll without a time limit.</summary>
internal sealed unsafe class X11Capture : ICapture
{
    private readonly X11Connection x;
    private readonly X11Damage damage;
    private readonly X11Cursor cursor;
    private readonly X11Exclusion? exclusion;
    private readonly int reduction;
    private readonly int wake;
    private CursorShape? shape, reducedShape;
    private X11SharedImage image;
    private int screenWidth, screenHeight;
    private bool discardPending = true;

    /// <param name="display">Such as <c>:0</c>; null: the environment's.</param>
    /// <param name="excluded">What <see cref="X11Exclusion"/> makes black.</param>
    /// <param name="reduction">One pixel of the picture for so many by so many of the display.</param>
    /// <exception cref="DisplayLostException">No such display, or it lacks an extension.</exception>
    public X11Capture(string? display, IReadOnlyList<string> excluded, int reduction)
    {
        this.reduction = reduction;
        x = new X11Connection(display);
        try
        {
            damage = new X11Damage(x);
            cursor = new X11Cursor(x);
            image = new X11SharedImage(x, x.Width, x.Height, reduction);
            exclusion = excluded.Count > 0 ? new X11Exclusion(x, excluded) : null;
        }
        catch
        {
            x.Dispose();
            throw;
        }
        Measure();
        wake = Libc.eventfd(0, 0x80800); // non-blocking, close on exec
    }

    public int Width => screenWidth / reduction;
    public int Height => screenHeight / reduction;
    public IReadOnlyList<MonitorGeometry> Monitors { get; private set; } = [];
    public bool Dirty { get; private set; } = true;
    public bool GeometryChanged { get; private set; }

    public void Wait(int timeoutMs)
    {
        if (Drain())
            return;
        var entries = stackalloc PollEntry[2];
        entries[0] = new PollEntry { Descriptor = x.Descriptor, Wanted = Libc.PollIn };
        entries[1] = new PollEntry { Descriptor = wake, Wanted = Libc.PollIn };
        Libc.poll(entries, 2, timeoutMs);
        if (entries[1].Found != 0)
        {
            ulong count;
            Libc.read(wake, &count, 8);
        }
        if ((entries[0].Found & Libc.PollError) != 0)
            throw x.Lost();
        Drain();
    }

    public void Wake()
    {
        ulong one = 1;
        Libc.write(wake, &one, 8);
    }

    public void Watch(bool pointer) => cursor.Watch(pointer);

    public void Adopt()
    {
        x.ReadGeometry();
        image.Dispose();
        image = new X11SharedImage(x, x.Width, x.Height, reduction);
        Measure();
        GeometryChanged = false;
        Dirty = true;
    }

    public void Fetch(ScreenPicture picture, bool everything)
    {
        Dirty = false;
        // With exclusions, no window may move between the look at the windows and the look at the pixels.
        image.Blackened = exclusion?.Begin() ?? [];
        var rectangles = damage.Take();
        if (everything || discardPending)
            image.Fetch(picture, new TileRectangle(0, 0, picture.Columns, picture.Rows), mayScroll: false);
        else
            TileRectangle.Cover(rectangles, reduction, picture, (target, tiles) => image.Fetch(target, tiles, mayScroll: true));
        exclusion?.End();
        discardPending = false;
        x.ThrowIfLost();
    }

    public CursorShape? Cursor()
    {
        var now = cursor.Read();
        // the same shape again is told by its reference
        if (ReferenceEquals(now, shape))
            return reducedShape;
        shape = now;
        return reducedShape = now is null || reduction == 1 ? now : Reduction.Of(now, reduction);
    }

    public void Discard()
    {
        Dirty = false;
        discardPending = true;
        damage.Take();
    }

    public void Dispose()
    {
        image.Dispose();
        x.Dispose();
        Libc.close(wake);
    }

    private void Measure()
    {
        (screenWidth, screenHeight) = (x.Width, x.Height);
        Monitors = ReadMonitors();
    }

    private IReadOnlyList<MonitorGeometry> ReadMonitors() => [.. X11Monitors.Read(x).Select(m => m with
    {
        X = m.X / reduction, Y = m.Y / reduction, Width = m.Width / reduction, Height = m.Height / reduction,
    })];

    /// <returns>Whether there were events.</returns>
    private bool Drain()
    {
        var any = false;
        var buffer = stackalloc byte[192];
        while (Xlib.XPending(x.Display) > 0)
        {
            Xlib.XNextEvent(x.Display, buffer);
            any |= Judge(buffer);
        }
        x.ThrowIfLost();
        return any;
    }

    private bool Judge(byte* buffer)
    {
        var type = *(int*)buffer;
        if (type == x.FirstRandrEvent || type == Xlib.ConfigureNotify)
            GeometryChanged |= x.GeometryDiffers(screenWidth, screenHeight) || !ReadMonitors().SequenceEqual(Monitors);
        else if (cursor.Takes(type, buffer) || type == damage.EventType)
            Dirty = true;
        else
            return false;
        return true;
    }
}
