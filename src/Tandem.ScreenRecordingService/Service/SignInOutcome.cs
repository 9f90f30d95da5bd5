namespace Tandem.ScreenRecordingService.Service;

internal enum SignInOutcome
{
    Done,

    /// <summary>RWS does not know this user, password or token.</summary>
    Refused,

    /// <summary>No server of the list answered.</summary>
    Unreachable,
}
