namespace Tandem.ScreenRecordingService.Coding;

/// <summary>No encoder, or one that failed; the message is one sentence for people.</summary>
internal sealed class EncoderException(string message) : Exception(message);
