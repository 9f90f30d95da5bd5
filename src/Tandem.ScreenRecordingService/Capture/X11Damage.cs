using Tandem.ScreenRecordingService.Native.X11;

namespace Tandem.ScreenRecordingService.Capture;

/// <summary>What changed on the root window. Reports once per <see cref="Take"/> (level NonEmpty), so that a busy screen
/// sends no flood of rectangles.</summary>
internal sealed unsafe class X11Damage
{
    private readonly X11Connection x;
    private readonly nuint damage;
    private readonly nuint region;

    public X11Damage(X11Connection x)
    {
        this.x = x;
        if (XExtensions.XFixesQueryExtension(x.Display, out _, out _) == 0 || XExtensions.XFixesQueryVersion(x.Display, out _, out _) == 0)
            throw x.Lacks("XFIXES");
        if (XExtensions.XDamageQueryExtension(x.Display, out var first, out _) == 0)
            throw x.Lacks("DAMAGE");
        EventType = first;
        damage = XExtensions.XDamageCreate(x.Display, x.Root, XExtensions.DamageReportNonEmpty);
        region = XExtensions.XFixesCreateRegion(x.Display, null, 0);
        Xlib.XFlush(x.Display);
    }

    public int EventType { get; }

    /// <summary>The rectangles damaged since the last call.</summary>
    public XRectangle[] Take()
    {
        XExtensions.XDamageSubtract(x.Display, damage, 0, region);
        var rectangles = XExtensions.XFixesFetchRegion(x.Display, region, out var count);
        if (rectangles == null)
            return [];
        var taken = new ReadOnlySpan<XRectangle>(rectangles, count).ToArray();
        Xlib.XFree(rectangles);
        return taken;
    }
}
