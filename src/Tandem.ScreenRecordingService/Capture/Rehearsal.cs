namespace Tandem.ScreenRecordingService.Capture;

/// <summary>Goes once through all that a capture does, for nobody: the first real picture then waits neither for the
/// compiler nor for the X server's first answer. What it fetches is black before anything is coded.</summary>
internal static class Rehearsal
{
    /// <param name="origin">As <see cref="PartRecorder"/>'s.</param>
    public static void Run(CaptureStage stage, TimeProvider time, long origin)
    {
        var recorder = new PartRecorder(
            stage, new DeafSink(), "rehearsal", 0, CaptureRequest.Off.MaximumFps, time, origin, new CaptureClock(time, 0));
        recorder.Begin(blanked: true);
        stage.Fetch(everything: false);
        foreach (var track in stage.Tracks)
            track.Picture.Convert(track.Own(stage.Capture.Cursor()));
        stage.Blank();
        recorder.End((long)time.GetElapsedTime(origin).TotalMilliseconds, blanked: true, null);
    }
}
