namespace Tandem.WebServices.Audit;

internal static class AuditActions
{
    public const string SignedIn = "signed-in";
    public const string SignInFailed = "sign-in-failed";
    public const string SignedOut = "signed-out";
    public const string AgentChanged = "agent-changed";
    public const string EnrolmentTokenMade = "enrolment-token-made";
    public const string DeviceEnrolled = "device-enrolled";
    public const string DeviceSignedIn = "device-signed-in";
    public const string DeviceSignedOut = "device-signed-out";
    public const string Played = "played";
    public const string LiveWatched = "live-watched";
    public const string LiveEnded = "live-ended";
    public const string Exported = "exported";
    public const string RecordingPaused = "recording-paused";
    public const string RecordingResumed = "recording-resumed";
    public const string HeldForever = "non-delete-applied";
    public const string HoldRemoved = "non-delete-removed";
    public const string LabelDefined = "label-defined";
    public const string Labelled = "labelled";
}
