namespace Tandem.Recordings.Capture;

public sealed record CaptureVerdict(AgentCapture State, IReadOnlyList<CaptureStep> Steps);
