using System.Runtime.InteropServices;

namespace Tandem.ScreenRecordingService.Native.X11;

/// <summary>XShm, XDamage, XFixes, XInput 2 and RandR.</summary>
internal static unsafe partial class XExtensions
{
    public const int DamageReportNonEmpty = 3;
    public const int RawMotion = 17;
    public const int AllMasterDevices = 1;
    public const int ZPixmap = 2;

    [LibraryImport("libXext.so.6")]
    public static partial int XShmQueryExtension(nint display);

    [LibraryImport("libXext.so.6")]
    public static partial XImage* XShmCreateImage(
        nint display, nint visual, uint depth, int format, byte* data, XShmSegmentInfo* segment, uint width, uint height);

    [LibraryImport("libXext.so.6")]
    public static partial int XShmAttach(nint display, XShmSegmentInfo* segment);

    [LibraryImport("libXext.so.6")]
    public static partial int XShmDetach(nint display, XShmSegmentInfo* segment);

    [LibraryImport("libXext.so.6")]
    public static partial int XShmGetImage(nint display, nuint drawable, XImage* image, int x, int y, nuint planes);

    [LibraryImport("libXdamage.so.1")]
    public static partial int XDamageQueryExtension(nint display, out int firstEvent, out int firstError);

    [LibraryImport("libXdamage.so.1")]
    public static partial nuint XDamageCreate(nint display, nuint drawable, int level);

    [LibraryImport("libXdamage.so.1")]
    public static partial void XDamageSubtract(nint display, nuint damage, nuint repair, nuint parts);

    [LibraryImport("libXfixes.so.3")]
    public static partial int XFixesQueryExtension(nint display, out int firstEvent, out int firstError);

    [LibraryImport("libXfixes.so.3")]
    public static partial int XFixesQueryVersion(nint display, out int major, out int minor);

    [LibraryImport("libXfixes.so.3")]
    public static partial nuint XFixesCreateRegion(nint display, XRectangle* rectangles, int count);

    [LibraryImport("libXfixes.so.3")]
    public static partial XRectangle* XFixesFetchRegion(nint display, nuint region, out int count);

    [LibraryImport("libXfixes.so.3")]
    public static partial void XFixesSelectCursorInput(nint display, nuint window, nuint mask);

    [LibraryImport("libXfixes.so.3")]
    public static partial XFixesCursorImage* XFixesGetCursorImage(nint display);

    [LibraryImport("libXi.so.6")]
    public static partial int XIQueryVersion(nint display, ref int major, ref int minor);

    [LibraryImport("libXi.so.6")]
    public static partial int XISelectEvents(nint display, nuint window, XIEventMask* masks, int count);

    [LibraryImport("libXrandr.so.2")]
    public static partial int XRRQueryExtension(nint display, out int firstEvent, out int firstError);

    [LibraryImport("libXrandr.so.2")]
    public static partial void XRRSelectInput(nint display, nuint window, int mask);

    [LibraryImport("libXrandr.so.2")]
    public static partial XRRMonitorInfo* XRRGetMonitors(nint display, nuint window, int active, out int count);

    [LibraryImport("libXrandr.so.2")]
    public static partial void XRRFreeMonitors(XRRMonitorInfo* monitors);
}
