using Tandem.Contracts.Media;

namespace Tandem.ScreenRecordingService.Capture;

/// <summary>A display that tells what changed. Used by one thread; only <see cref="Wake"/> may be called from others.</summary>
internal interface ICapture : IDisposable
{
    /// <summary>Pixels of the display, all monitors together, as <see cref="Height"/>.</summary>
    int Width { get; }
    int Height { get; }

    /// <summary>Where each lies on it.</summary>
    IReadOnlyList<MonitorGeometry> Monitors { get; }

    /// <summary>A sentence for people where this is not the capture one would want.</summary>
    string? Degraded { get; }

    /// <summary>Something may have changed since the last <see cref="Fetch"/>.</summary>
    bool Dirty { get; }

    /// <summary>Size or monitors changed: <see cref="Adopt"/> and begin anew.</summary>
    bool GeometryChanged { get; }

    /// <summary>Sleeps until something is dirty, <see cref="Wake"/> is called, or the time is over.</summary>
    /// <param name="timeoutMs">-1: no limit.</param>
    /// <exception cref="DisplayLostException"/>
    void Wait(int timeoutMs);

    void Wake();

    /// <summary>Whether the pointer's motion shall count: between captures a moving mouse should wake nobody.</summary>
    void Watch(bool pointer);

    /// <summary>Takes over the new geometry.</summary>
    void Adopt();

    /// <summary>Brings <paramref name="pictures"/>, which show the whole display or a monitor each, up to date and marks what
    /// differs; <paramref name="everything"/>: not only what was reported.</summary>
    /// <exception cref="DisplayLostException"/>
    void Fetch(IReadOnlyList<ScreenPicture> pictures, bool everything);

    /// <summary>The pointer where it is now, or null where there is none; the same object again as long as nothing about it changed.</summary>
    CursorShape? Cursor();

    /// <summary>Forgets all that was reported, unseen.</summary>
    void Discard();
}
