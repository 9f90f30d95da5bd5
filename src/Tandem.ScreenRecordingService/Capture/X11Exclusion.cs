using System.Text;
using Tandem.Contracts.Media;
using Tandem.ScreenRecordingService.Native.X11;

namespace Tandem.ScreenRecordingService.Capture;

/// <summary>Finds what must not be shown: windows by title (<c>_NET_WM_NAME</c>, <c>WM_NAME</c>) or program
/// (<c>WM_CLASS</c>), monitors by name (<c>monitor:NAME</c>). The whole top-level window counts, frame included, even where
/// others cover it.</summary>
internal sealed unsafe class X11Exclusion
{
    /// <summary>A window manager puts the client this deep at most below its frame.</summary>
    private const int MaximumDepth = 3;
    private const int MaximumPropertyWords = 256;

    private const string MonitorPrefix = "monitor:";

    private static readonly string[] PropertyNames = ["_NET_WM_NAME", "WM_NAME", "WM_CLASS"];

    private readonly X11Connection x;
    private readonly IReadOnlyList<string> texts;
    private readonly IReadOnlyList<string> monitors;
    private readonly nuint[] properties;

    public X11Exclusion(X11Connection x, IReadOnlyList<string> excluded)
    {
        this.x = x;
        texts = [.. excluded.Where(text => !text.StartsWith(MonitorPrefix, StringComparison.Ordinal))];
        monitors = [.. excluded.Except(texts).Select(text => text[MonitorPrefix.Length..])];
        properties = [.. PropertyNames.Select(name => Xlib.XInternAtom(x.Display, name, 0))];
    }

    /// <summary>Holds every other program's requests back until <see cref="End"/>, so that the pixels fetched in between
    /// belong to these rectangles.</summary>
    public IReadOnlyList<XRectangle> Begin()
    {
        Xlib.XGrabServer(x.Display);
        var found = new List<XRectangle>();
        if (monitors.Count > 0)
            found.AddRange(X11Monitors.Read(x).Where(m => monitors.Contains(m.Name)).Select(RectangleOf));
        foreach (var window in texts.Count > 0 ? ChildrenOf(x.Root) : [])
        {
            if (Matches(window, MaximumDepth) && RectangleOf(window) is { } rectangle)
                found.Add(rectangle);
        }
        return found;
    }

    public void End()
    {
        Xlib.XUngrabServer(x.Display);
        Xlib.XFlush(x.Display);
    }

    private bool Matches(nuint window, int depth)
    {
        foreach (var property in properties)
        {
            var text = Read(window, property);
            if (text.Length > 0 && texts.Any(t => text.Contains(t, StringComparison.OrdinalIgnoreCase)))
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
