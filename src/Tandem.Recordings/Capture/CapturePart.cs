namespace Tandem.Recordings.Capture;

/// <summary>Where a running capture stands.</summary>
public enum CapturePart
{
    /// <summary>No call; the policy's conditions hold.</summary>
    NonVoice,
    InCall,

    /// <summary>The last call is over; up to a second for the event of after-call work.</summary>
    AwaitingAfterCallWork,
    AfterCallWork,
}
