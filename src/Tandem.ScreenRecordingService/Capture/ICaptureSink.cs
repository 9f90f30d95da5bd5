namespace Tandem.ScreenRecordingService.Capture;

/// <summary>Where a <see cref="CaptureLoop"/> delivers; called on its thread and must not wait for a disk or a peer.</summary>
internal interface ICaptureSink
{
    /// <param name="init">The init segment; fragments follow.</param>
    void Begun(PartBegun part, byte[] init);

    void Fragment(Fragment fragment);

    void Ended(PartEnded part);

    /// <param name="atUs">UTC microseconds of the capture's clock; no picture after it shows the screen until resumed.</param>
    void PausedChanged(bool paused, long atUs);

    /// <param name="cause">Why the pictures are black from now on though nobody paused them, such as <c>locked</c>; null: they
    /// are not.</param>
    void AwayChanged(string? cause, long atUs);

    /// <summary>The capture is over, <paramref name="problem"/> says why where nobody asked for it.</summary>
    void Stopped(string captureId, string? problem);
}
