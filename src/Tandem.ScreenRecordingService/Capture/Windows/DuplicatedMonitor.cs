using System.Runtime.Versioning;
using Tandem.ScreenRecordingService.Native.Windows;
using Tandem.ScreenRecordingService.Native.Windows.Dxgi;

namespace Tandem.ScreenRecordingService.Capture.Windows;

/// <summary>One monitor under Desktop Duplication: a picture that the processor can read, kept up to date rectangle by
/// rectangle, and where it changed since it was last read.</summary>
[SupportedOSPlatform("windows")]
internal sealed unsafe class DuplicatedMonitor : IDisposable
{
    private const int PatienceMs = 10_000;

    /// <summary>Above this many rectangles, the whole monitor is compared.</summary>
    private const int MaximumChanges = 64;

    private readonly DxgiOutput output;
    private readonly D3D11Device device;
    private readonly D3D11Texture picture;
    private readonly List<WindowsRectangle> changes = [];
    private DxgiDuplication? duplication;
    private long lostMs;

    /// <exception cref="DxgiException"/>
    public DuplicatedMonitor(DxgiAdapter adapter, DxgiOutput output)
    {
        this.output = output;
        var description = output.Describe();
        Place = description.Desktop;
        if (description.Rotation > DxgiOutputDescription.Upright)
            throw new DxgiException(DxgiException.Unsupported, "A turned monitor");
        device = D3D11Device.Create(adapter);
        try
        {
            picture = device.Staging(Width, Height);
            duplication = output.Duplicate(device);
        }
        catch (DxgiException)
        {
            picture?.Dispose();
            device.Context.Dispose();
            device.Dispose();
            throw;
        }
    }

    /// <summary>In desktop coordinates.</summary>
    public WindowsRectangle Place { get; }

    /// <summary>In the monitor's own pixels.</summary>
    public IReadOnlyList<WindowsRectangle> Changes => changes;

    /// <summary>The desktop is another's (lock screen, secure desktop): its picture must not be shown.</summary>
    public bool Shut => duplication is null;

    public int Width => Place.Right - Place.Left;
    public int Height => Place.Bottom - Place.Top;

    /// <summary>Brings the picture up to date.</summary>
    /// <returns>Whether anything changed.</returns>
    /// <exception cref="DisplayLostException">Lost for longer than a change of desktop or mode takes.</exception>
    public bool Look()
    {
        try
        {
            if (duplication is null)
                return Again();
            return Take(duplication);
        }
        catch (DxgiException e)
        {
            Lose(e);
            return true;
        }
    }

    /// <summary>Lends the picture to <paramref name="read"/> and forgets the changes.</summary>
    public void Read(Action<nint, int> read)
    {
        try
        {
            var mapped = device.Context.Map(picture);
            read((nint)mapped.Pixels, (int)mapped.Stride);
            device.Context.Unmap(picture);
            Forget();
        }
        catch (DxgiException e)
        {
            Lose(e);
        }
    }

    public void Forget() => changes.Clear();

    public void Dispose()
    {
        duplication?.Dispose();
        picture.Dispose();
        device.Context.Dispose();
        device.Dispose();
        output.Dispose();
    }

    private bool Take(DxgiDuplication from)
    {
        using var texture = from.Acquire(out var frame);
        if (texture is null)
            return false;
        try
        {
            if (frame.PresentTime == 0)
                return true; // the pointer
            var known = changes.Count;
            from.Changes(frame, changes);
            for (var i = known; i < changes.Count; i++)
                device.Context.Copy(picture, texture, changes[i]);
            if (changes.Count > MaximumChanges)
                ChangeAll();
            return true;
        }
        finally
        {
            from.Release();
        }
    }

    private bool Again()
    {
        duplication = output.Duplicate(device);
        ChangeAll();
        return true;
    }

    /// <summary>Everything counts as changed.</summary>
    public void ChangeAll()
    {
        changes.Clear();
        changes.Add(new WindowsRectangle { Right = Width, Bottom = Height });
    }

    private void Lose(DxgiException e)
    {
        var now = Environment.TickCount64;
        if (duplication is not null)
            lostMs = now;
        duplication?.Dispose();
        duplication = null;
        // Locked is no failure and may last all day; anything else ends this capture, and the next one tries all ways anew.
        if (e.Result is not (DxgiException.AccessDenied or DxgiException.SessionDisconnected) && now - lostMs > PatienceMs)
            throw new DisplayLostException($"The screen can no longer be duplicated: {e.Message}.");
    }
}
