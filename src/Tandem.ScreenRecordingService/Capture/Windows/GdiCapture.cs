using System.Runtime.Versioning;
using Tandem.ScreenRecordingService.Native.Windows;

namespace Tandem.ScreenRecordingService.Capture.Windows;

/// <summary>GDI: the whole virtual screen at every beat, compared tile by tile. Works on every Windows, costs its pixels
/// each time.</summary>
[SupportedOSPlatform("windows")]
internal sealed unsafe class GdiCapture : PolledCapture
{
    private readonly nint memory = Gdi32.CreateCompatibleDC(0);
    private nint bitmap;
    private byte* pixels;

    /// <param name="lesser">A sentence for people where there is a better way to capture.</param>
    /// <exception cref="DisplayLostException"/>
    public GdiCapture(IReadOnlyList<string> excluded, string? lesser)
        : base(excluded)
    {
        Lesser = lesser;
        Resize();
    }

    protected override string? Lesser { get; }

    public override void Dispose()
    {
        Gdi32.DeleteDC(memory);
        Gdi32.DeleteObject(bitmap);
        base.Dispose();
    }

    protected override bool Look() => true;

    protected override void Resize()
    {
        var header = BitmapHeader.Of(Width, Height);
        var made = Gdi32.CreateDIBSection(0, &header, 0, out var bits, 0, 0);
        if (made == 0)
            throw new DisplayLostException($"No memory for a picture of {Width}x{Height}.");
        Gdi32.SelectObject(memory, made);
        Gdi32.DeleteObject(bitmap);
        bitmap = made;
        pixels = bits;
    }

    protected override bool Fetch(IReadOnlyList<ScreenPicture> pictures, bool everything, WindowsExclusion exclusion)
    {
        var before = exclusion.Find(Screen);
        if (!Copy())
            return false;
        var area = new WindowsRectangle { Left = Screen.Left, Top = Screen.Top, Right = Screen.Left + Width, Bottom = Screen.Top + Height };
        foreach (var black in before.Concat(exclusion.Find(Screen)))
            Blacken(black, pixels, Width * 4, area);
        foreach (var picture in pictures)
        {
            var first = pixels + ((long)picture.Top * Width + picture.Left) * 4;
            picture.Update(new PixelArea(0, 0, picture.Width, picture.Height), first, Width * 4, mayScroll: !everything);
        }
        return true;
    }

    private bool Copy()
    {
        var screen = User32.GetDC(0);
        if (screen == 0)
            return false;
        var done = Gdi32.BitBlt(memory, 0, 0, Width, Height, screen, Screen.Left, Screen.Top, Gdi32.Copy) != 0;
        _ = User32.ReleaseDC(0, screen);
        return done;
    }
}
