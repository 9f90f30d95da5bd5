namespace Tandem.ScreenRecordingService.Capture;

/// <summary>The display is not there, or no longer; the message is one sentence for people.</summary>
internal sealed class DisplayLostException(string message) : Exception(message);
