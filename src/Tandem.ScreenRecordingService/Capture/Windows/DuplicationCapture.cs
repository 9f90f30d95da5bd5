using System.Runtime.Versioning;
using Tandem.ScreenRecordingService.Native.Windows;
using Tandem.ScreenRecordingService.Native.Windows.Dxgi;

namespace Tandem.ScreenRecordingService.Capture.Windows;

/// <summary>Desktop Duplication: Windows says which rectangles changed or moved, and only those are copied and compared.
/// All monitors of all graphics cards, each by the card that drives it.</summary>
[SupportedOSPlatform("windows")]
internal sealed unsafe class DuplicationCapture : PolledCapture
{
    private const int FirstPictureMs = 500;

    private const int ResizeAttempts = 10;
    private const int ResizePauseMs = 200;

    private List<DuplicatedMonitor> monitors;
    private bool blackened;

    /// <exception cref="DxgiException">A monitor cannot be duplicated.</exception>
    /// <exception cref="DisplayLostException"/>
    public DuplicationCapture(IReadOnlyList<string> excluded)
        : base(excluded)
    {
        monitors = OpenAll();
        // The first frame is the whole picture, and comes a little later.
        for (var waited = 0; waited < FirstPictureMs && monitors.Exists(m => m.Changes.Count == 0); waited += 20)
        {
            Look();
            Thread.Sleep(20);
        }
    }

    public override void Discard()
    {
        base.Discard();
        monitors.ForEach(m => m.Forget());
    }

    public override void Dispose()
    {
        monitors.ForEach(m => m.Dispose());
        base.Dispose();
    }

    protected override bool Look()
    {
        var any = false;
        foreach (var monitor in monitors)
            any |= monitor.Look();
        return any;
    }

    protected override void Resize()
    {
        monitors.ForEach(m => m.Dispose());
        monitors = [];
        for (var attempt = 1; monitors.Count == 0; attempt++)
        {
            try
            {
                monitors = OpenAll();
            }
            catch (DxgiException) when (attempt < ResizeAttempts)
            {
                // A monitor that has just come or gone is not ready at once.
                Thread.Sleep(ResizePauseMs);
            }
            catch (DxgiException e)
            {
                throw new DisplayLostException($"The screen can no longer be duplicated: {e.Message}.");
            }
        }
    }

    protected override bool Fetch(IReadOnlyList<ScreenPicture> pictures, bool everything, WindowsExclusion exclusion)
    {
        var before = exclusion.Find(Screen);
        Look();
        WindowsRectangle[] blacks = [.. before, .. exclusion.Find(Screen)];
        if (monitors.Exists(m => m.Shut))
            return false;
        // A window that must not be shown may move where Windows reports no change of pixels.
        var whole = everything || blacks.Length > 0 || blackened;
        blackened = blacks.Length > 0;
        foreach (var monitor in monitors)
        {
            if (whole)
                monitor.ChangeAll();
            if (monitor.Changes.Count > 0)
                monitor.Read((pixels, stride) => Update(pictures, monitor, (byte*)pixels, stride, blacks));
        }
        return true;
    }

    private void Update(IReadOnlyList<ScreenPicture> pictures, DuplicatedMonitor monitor, byte* pixels, int stride, WindowsRectangle[] blacks)
    {
        // Not in the monitor's own picture: what a window leaves must be found there again.
        fixed (byte* copy = blacks.Length > 0 ? new ReadOnlySpan<byte>(pixels, stride * monitor.Height).ToArray() : null)
        {
            var source = copy == null ? pixels : copy;
            foreach (var black in blacks)
                Blacken(black, source, stride, monitor.Place);
            foreach (var picture in pictures)
                Update(picture, monitor, source, stride);
        }
    }

    private void Update(ScreenPicture picture, DuplicatedMonitor monitor, byte* source, int stride)
    {
        // Each monitor is reduced by itself: a square of pixels never lies on two.
        var by = picture.Reduction;
        var (left, top) = ((monitor.Place.Left - Screen.Left - picture.Left) / by, (monitor.Place.Top - Screen.Top - picture.Top) / by);
        var area = new PixelArea(left, top, monitor.Width / by, monitor.Height / by);
        if (left < 0 || top < 0 || left + area.Width > picture.Width || top + area.Height > picture.Height)
            return; // a picture of another monitor
        foreach (var change in monitor.Changes)
        {
            var seen = new PixelArea(change.Left, change.Top, change.Right - change.Left, change.Bottom - change.Top).Reduced(by);
            foreach (var part in (seen with { X = seen.X + left, Y = seen.Y + top }).Widened(area))
                picture.Update(part, source + area.OffsetOf(part, stride) * by, stride, mayScroll: true);
        }
    }

    private static List<DuplicatedMonitor> OpenAll()
    {
        var found = new List<DuplicatedMonitor>();
        try
        {
            using var factory = DxgiFactory.Create();
            for (var index = 0u; factory.Adapter(index) is { } adapter; index++)
            {
                using (adapter)
                    Open(adapter, found);
            }
            return found.Count > 0 ? found : throw new DxgiException(DxgiException.NotFound, "Looking for a monitor on every graphics card");
        }
        catch (DxgiException)
        {
            found.ForEach(m => m.Dispose());
            throw;
        }
    }

    private static void Open(DxgiAdapter adapter, List<DuplicatedMonitor> found)
    {
        for (var index = 0u; adapter.Output(index) is { } output; index++)
        {
            if (output.Describe().Attached == 0)
            {
                output.Dispose();
                continue;
            }
            try
            {
                found.Add(new DuplicatedMonitor(adapter, output));
            }
            catch (DxgiException)
            {
                output.Dispose();
                throw;
            }
        }
    }
}
