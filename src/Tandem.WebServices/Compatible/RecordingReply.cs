namespace Tandem.WebServices.Compatible;

/// <summary>One recording.</summary>
internal sealed record RecordingReply(int StatusCode, RecordingView Recording);
