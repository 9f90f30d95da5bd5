namespace Tandem.ScreenRecordingService.Capture;

/// <summary>Takes everything and keeps nothing: the audience of a rehearsal.</summary>
internal sealed class DeafSink : ICaptureSink
{
    public void Begun(PartBegun part, byte[] init)
    {
    }

    public void Fragment(Fragment fragment)
    {
    }

    public void Ended(PartEnded part)
    {
    }

    public void PausedChanged(bool paused, long atUs)
    {
    }

    public void AwayChanged(string? cause, long atUs)
    {
    }

    public void Stopped(string captureId, string? problem)
    {
    }
}
