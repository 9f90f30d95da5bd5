using System.Runtime.Versioning;
using Tandem.Contracts.Media;
using Tandem.ScreenRecordingService.Native.Windows;

namespace Tandem.ScreenRecordingService.Capture.Windows;

/// <summary>What the captures of Windows share: nothing there wakes a sleeper when the screen changes, so they look at a
/// beat, and only while somebody records.</summary>
[SupportedOSPlatform("windows")]
internal abstract class PolledCapture : ICapture
{
    private const int BeatMs = 100;
    private const int ScreenCheckMs = 500;

    private readonly AutoResetEvent wake = new(false);
    private readonly WindowsCursor cursor = new();
    private readonly WindowsExclusion exclusion;
    private bool watching;
    private bool shut;
    private long lookedMs;
    private long screenCheckedMs;

    /// <exception cref="DisplayLostException"/>
    protected PolledCapture(IReadOnlyList<string> excluded)
    {
        exclusion = new WindowsExclusion(new Exclusions(excluded));
        Screen = WindowsMonitors.Read();
    }

    public int Width => Screen.Width;
    public int Height => Screen.Height;
    public IReadOnlyList<MonitorGeometry> Monitors => Screen.Monitors;
    public bool Dirty { get; private set; } = true;
    public bool GeometryChanged { get; private set; }
    public string? Degraded => Sentences.Join(Lesser, exclusion.Missing(Monitors));

    /// <summary>A sentence for people where there is a better way to capture.</summary>
    protected virtual string? Lesser => null;

    protected WindowsMonitors Screen { get; private set; }

    public void Wait(int timeoutMs)
    {
        var beat = (int)Math.Max(0, lookedMs + BeatMs - Environment.TickCount64);
        var wait = !watching ? timeoutMs : timeoutMs < 0 ? beat : Math.Min(timeoutMs, beat);
        if (wake.WaitOne(wait) || !watching || Environment.TickCount64 < lookedMs + BeatMs)
            return;
        lookedMs = Environment.TickCount64;
        Dirty |= Look() || exclusion.IsHolding;
        if (lookedMs - screenCheckedMs < ScreenCheckMs)
            return;
        screenCheckedMs = lookedMs;
        GeometryChanged = !Screen.Equals(WindowsMonitors.Read());
    }

    public void Wake() => wake.Set();

    public void Watch(bool pointer) => watching = pointer;

    public void Adopt()
    {
        Screen = WindowsMonitors.Read();
        GeometryChanged = false;
        Dirty = true;
        Resize();
    }

    public void Fetch(IReadOnlyList<ScreenPicture> pictures, bool everything)
    {
        Dirty = false;
        var visible = Fetch(pictures, everything, exclusion);
        // The lock screen or another desktop that is not ours to see: black, once, and not what was there before.
        foreach (var picture in !visible && !shut ? pictures : [])
            picture.Blank();
        shut = !visible;
    }

    public CursorShape? Cursor() => cursor.Read(Screen.Left, Screen.Top);

    public virtual void Discard() => Dirty = false;

    public virtual void Dispose() => wake.Dispose();

    /// <summary>At every beat.</summary>
    /// <returns>Whether something may have changed.</returns>
    protected abstract bool Look();

    protected abstract void Resize();

    /// <returns>False where the screen may not be seen; then nothing was fetched.</returns>
    protected abstract bool Fetch(IReadOnlyList<ScreenPicture> pictures, bool everything, WindowsExclusion exclusion);

    /// <summary>Makes a rectangle of BGRX pixels black.</summary>
    /// <param name="black">In desktop coordinates.</param>
    /// <param name="area">What <paramref name="pixels"/> shows, in desktop coordinates.</param>
    protected static unsafe void Blacken(WindowsRectangle black, byte* pixels, int stride, WindowsRectangle area)
    {
        var (from, until) = (Math.Max(black.Left, area.Left), Math.Min(black.Right, area.Right));
        for (var y = Math.Max(black.Top, area.Top); y < Math.Min(black.Bottom, area.Bottom) && until > from; y++)
            new Span<byte>(pixels + (long)(y - area.Top) * stride + (from - area.Left) * 4, (until - from) * 4).Clear();
    }
}
