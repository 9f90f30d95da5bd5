using System.Runtime.Versioning;
using Tandem.ScreenRecordingService.Native.Windows;

namespace Tandem.ScreenRecordingService.Capture.Windows;

/// <summary>The pointer, read anew only when it is another one.</summary>
[SupportedOSPlatform("windows")]
internal sealed unsafe class WindowsCursor
{
    private const int MaximumSide = 512;

    private nint handle;
    private CursorShape? shape;
    private int hotX, hotY;

    /// <param name="left">Of the picture, in desktop coordinates.</param>
    public CursorShape? Read(int left, int top)
    {
        var info = new CursorInfo { Size = (uint)sizeof(CursorInfo) };
        if (User32.GetCursorInfo(&info) == 0 || (info.Flags & User32.CursorShowing) == 0 || info.Cursor == 0)
            return null;
        if (info.Cursor != handle)
        {
            shape = Fetch(info.Cursor);
            handle = info.Cursor;
        }
        if (shape is null)
            return null;
        var (x, y) = (info.X - left - hotX, info.Y - top - hotY);
        return shape.X == x && shape.Y == y ? shape : shape = shape with { X = x, Y = y };
    }

    private CursorShape? Fetch(nint cursor)
    {
        IconInfo icon;
        if (User32.GetIconInfo(cursor, &icon) == 0)
            return null;
        try
        {
            (hotX, hotY) = ((int)icon.HotX, (int)icon.HotY);
            if (Pixels(icon.Mask, out var width, out var height) is not { } mask)
                return null;
            if (icon.Color == 0)
                return new CursorShape(0, 0, width, height / 2, CursorPixels.FromMasks(mask));
            return Pixels(icon.Color, out width, out height) is { } colour && colour.Length <= mask.Length
                ? new CursorShape(0, 0, width, height, CursorPixels.FromColour(colour, mask))
                : null;
        }
        finally
        {
            Gdi32.DeleteObject(icon.Mask);
            Gdi32.DeleteObject(icon.Color);
        }
    }

    private static uint[]? Pixels(nint bitmap, out int width, out int height)
    {
        BitmapShape found;
        (width, height) = (0, 0);
        if (Gdi32.GetObjectW(bitmap, sizeof(BitmapShape), &found) == 0 || found.Width is < 1 or > MaximumSide || found.Height is < 1 or > 2 * MaximumSide)
            return null;
        (width, height) = (found.Width, found.Height);
        var pixels = new uint[width * height];
        var header = BitmapHeader.Of(width, height);
        var screen = User32.GetDC(0);
        int lines;
        fixed (uint* bits = pixels)
            lines = Gdi32.GetDIBits(screen, bitmap, 0, (uint)height, bits, &header, 0);
        _ = User32.ReleaseDC(0, screen);
        return lines == height ? pixels : null;
    }
}
