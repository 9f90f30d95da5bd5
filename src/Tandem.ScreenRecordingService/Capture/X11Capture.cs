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
    private readonly int wake;
    private X11SharedImage image;
    private bool discardPending = true;
    private bool disposed;

    /// <param name="display">Such as <c>:0</c>; null: the environment's.</param>
    /// <param name="excluded"><see cref="Exclusions"/>: what is black.</param>
    /// <exception cref="DisplayLostException">No such display, or it lacks an extension.</exception>
    public X11Capture(string? display, IReadOnlyList<string> excluded)
    {
        x = new X11Connection(display);
        try
        {
            damage = new X11Damage(x);
            cursor = new X11Cursor(x);
            image = new X11SharedImage(x, x.Width, x.Height);
            exclusion = excluded.Count > 0 ? new X11Exclusion(x, new Exclusions(excluded)) : null;
        }
        catch
        {
            x.Dispose();
            throw;
        }
        Measure();
        wake = Libc.eventfd(0, 0x80800); // non-blocking, close on exec
    }

    public int Width { get; private set; }
    public int Height { get; private set; }
    public IReadOnlyList<MonitorGeometry> Monitors { get; private set; } = [];
    public string? Degraded => exclusion?.Missing(Monitors);
    public bool Dirty { get; private set; } = true;
    public bool GeometryChanged { get; private set; }

    public void Wait(int timeoutMs)
    {
        if (Drain())
            return;
        var entries = stackalloc PollEntry[2];
        entries[0] = new PollEntry { Descriptor = x.Descriptor, Wanted = Libc.PollIn };
        entries[1] = new PollEntry { Descriptor = wake, Wanted = Libc.PollIn };
        Libc.poll(entries, 2, Dirty ? timeoutMs : UntilLetGo(timeoutMs));
        if (entries[1].Found != 0)
        {
            ulong count;
            Libc.read(wake, &count, 8);
        }
        if ((entries[0].Found & Libc.PollError) != 0)
            throw x.Lost();
        Drain();
        Dirty |= exclusion?.DueMs <= Environment.TickCount64;
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
        image = new X11SharedImage(x, x.Width, x.Height);
        Measure();
        GeometryChanged = false;
        Dirty = true;
    }

    public void Fetch(IReadOnlyList<ScreenPicture> pictures, bool everything)
    {
        Dirty = false;
        // With exclusions, no window may move between the look at the windows and the look at the pixels.
        image.Blackened = exclusion?.Begin() ?? [];
        var rectangles = damage.Take();
        if (exclusion is not null)
            rectangles = [.. rectangles, .. exclusion.Changed];
        foreach (var picture in pictures)
        {
            if (everything || discardPending)
                image.Fetch(picture, new TileRectangle(0, 0, picture.Columns, picture.Rows), mayScroll: false);
            else
                TileRectangle.Cover(rectangles, picture, (target, tiles) => image.Fetch(target, tiles, mayScroll: true));
        }
        exclusion?.End();
        discardPending = false;
        x.ThrowIfLost();
    }

    public CursorShape? Cursor() => cursor.Read();

    public void Discard()
    {
        Dirty = false;
        discardPending = true;
        damage.Take();
    }

    public void Dispose()
    {
        if (disposed)
            return;
        disposed = true;
        image.Dispose();
        x.Dispose();
        Libc.close(wake);
    }

    /// <summary>The time to wait, shortened to when something that is only held black shall be seen again.</summary>
    private int UntilLetGo(int timeoutMs)
    {
        if (exclusion?.DueMs is not { } dueMs)
            return timeoutMs;
        var left = (int)Math.Max(0, dueMs - Environment.TickCount64);
        return timeoutMs < 0 ? left : Math.Min(timeoutMs, left);
    }

    private void Measure()
    {
        (Width, Height) = (x.Width, x.Height);
        Monitors = X11Monitors.Read(x);
    }

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
            GeometryChanged |= x.GeometryDiffers(Width, Height) || !X11Monitors.Read(x).SequenceEqual(Monitors);
        else if (cursor.Takes(type, buffer) || type == damage.EventType || IsRenaming(type, buffer))
            Dirty = true;
        else
            return false;
        return true;
    }

    private bool IsRenaming(int type, byte* buffer) =>
        type == Xlib.PropertyNotify && exclusion?.Heeds(((XPropertyEvent*)buffer)->Property) == true;
}
