namespace Tandem.ScreenRecordingService.Capture;

/// <param name="Cause">What a gap between the two parts is called, should there be one.</param>
/// <param name="Between">Called on the capture thread after all of the old part was delivered and before the new begins;
/// also where nothing is captured.</param>
internal sealed record Interruption(string Cause, Action? Between = null);
