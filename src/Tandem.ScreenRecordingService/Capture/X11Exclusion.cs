using System.Text;
using Tandem.Contracts.Media;
using Tandem.ScreenRecordingService.Native.X11;

namespace Tandem.ScreenRecordingService.Capture;

/// <summary>Finds what must not be shown: windows by title (<c>_NET_WM_NAME</c>, <c>WM_NAME</c>) or program
/// (<c>WM_CLASS</c>), monitors by name. The whole top-level window counts, frame included, even where others cover it.</summary>
internal sealed unsafe class X11Exclusion
{
    /// <summary>A window manager puts the client this deep at most below its frame.</summary>
    private const int MaximumDepth = 3;
    private const int MaximumPropertyWords = 256;

    private static readonly string[] PropertyNames = ["_NET_WM_NAME", "WM_NAME", "WM_CLASS"];

    private readonly X11Connection x;
    private readonly Exclusions excluded;
    private readonly nuint[] properties;
    private readonly nuint compositor;
    private readonly HeldRectangles<XRectangle> held = new();
    private IReadOnlyList<XRectangle> last = [];

    public X11Exclusion(X11Connection x, Exclusions excluded)
    {
        this.x = x;
        this.excluded = excluded;
        properties = [.. PropertyNames.Select(name => Xlib.XInternAtom(x.Display, name, 0))];
        compositor = Xlib.XInternAtom(x.Display, $"_NET_WM_CM_S{x.Screen}", 0);
    }

    /// <summary>When to <see cref="Begin"/> anew, though nothing is drawn, on the clock of <see cref="Environment.TickCount64"/>;
    /// null: not needed.</summary>
    public long? DueMs { get; private set; }

    /// <summary>What the last <see cref="Begin"/> found black that was not before, and the other way round: to be fetched whether
    /// anything was drawn there or not.</summary>
    public IReadOnlyList<XRectangle> Changed { get; private set; } = [];

    /// <inheritdoc cref="Exclusions.Missing"/>
    public string? Missing(IReadOnlyList<MonitorGeometry> there) => excluded.Missing(there);

    /// <summary>Whether a window's property is one that windows are known by.</summary>
    public bool Heeds(nuint property) => properties.Contains(property);

    /// <summary>Holds every other program's requests back until <see cref="End"/>, so that the pixels fetched in between
    /// belong to these rectangles. A compositor draws windows on the screen only some time after they moved: what they
    /// covered is black a while longer there.</summary>
    public IReadOnlyList<XRectangle> Begin()
    {
        Xlib.XGrabServer(x.Display);
        IReadOnlyList<XRectangle> found = Find();
        var composited = Xlib.XGetSelectionOwner(x.Display, compositor) != 0;
        if (composited)
            found = held.With(found, Environment.TickCount64);
        // One that went away in the meantime leaves nothing to wait for.
        DueMs = composited ? held.DueMs : null;
        Changed = [.. found.Except(last), .. last.Except(found)];
        return last = found;
    }

    public void End()
    {
        Xlib.XUngrabServer(x.Display);
        Xlib.XFlush(x.Display);
    }

    private List<XRectangle> Find()
    {
        var found = new List<XRectangle>();
        if (excluded.HasMonitors)
            found.AddRange(X11Monitors.Read(x).Where(excluded.Covers).Select(RectangleOf));
        foreach (var window in excluded.HasWindows ? ChildrenOf(x.Root) : [])
        {
            if (Matches(window, MaximumDepth) && RectangleOf(window) is { } rectangle)
                found.Add(rectangle);
        }
        return found;
    }

    private bool Matches(nuint window, int depth)
    {
        // Before it is read: a window may be renamed when nothing of it is drawn anew.
        Xlib.XSelectInput(x.Display, window, Xlib.PropertyChangeMask);
        foreach (var property in properties)
        {
            if (excluded.Covers(Read(window, property)))
                return true;
        }
        return depth > 1 && ChildrenOf(window).Any(child => Matches(child, depth - 1));
    }

    private nuint[] ChildrenOf(nuint window)
    {
        if (Xlib.XQueryTree(x.Display, window, out _, out _, out var children, out var count) == 0 || children == null)
            return [];
        var found = new ReadOnlySpan<nuint>(children, (int)count).ToArray();
        Xlib.XFree(children);
        return found;
    }

    private static XRectangle RectangleOf(MonitorGeometry monitor) =>
        new() { X = (short)monitor.X, Y = (short)monitor.Y, Width = (ushort)monitor.Width, Height = (ushort)monitor.Height };

    private XRectangle? RectangleOf(nuint window) =>
        Xlib.XGetGeometry(x.Display, window, out _, out var left, out var top, out var width, out var height, out var border, out _) == 0
            ? null
            : new XRectangle { X = (short)left, Y = (short)top, Width = (ushort)(width + 2 * border), Height = (ushort)(height + 2 * border) };

    private string Read(nuint window, nuint property)
    {
        var status = Xlib.XGetWindowProperty(
            x.Display, window, property, 0, MaximumPropertyWords, 0, 0, out _, out var format, out var items, out _, out var value);
        if (status != 0 || value == null)
            return "";
        var text = format == 8 ? Encoding.UTF8.GetString(value, (int)items) : "";
        Xlib.XFree(value);
        return text;
    }
}
