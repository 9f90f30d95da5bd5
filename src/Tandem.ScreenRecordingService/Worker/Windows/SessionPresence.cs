namespace Tandem.ScreenRecordingService.Worker.Windows;

/// <summary>Whether a session's screen is its user's now, out of what WM_WTSSESSION_CHANGE tells. A session may be locked and
/// elsewhere at once, and each ends by itself.</summary>
internal readonly record struct SessionPresence(bool Locked, bool Switched)
{
    /// <summary>As <see cref="SessionWatch"/> names it, or null.</summary>
    public string? Away => Switched ? "user-switched" : Locked ? "locked" : null;

    /// <param name="notice">WTS_CONSOLE_CONNECT (1) to WTS_SESSION_UNLOCK (8); others change nothing.</param>
    public SessionPresence After(uint notice) => notice switch
    {
        1 or 3 => this with { Switched = false },
        2 or 4 => this with { Switched = true },
        7 => this with { Locked = true },
        8 => this with { Locked = false },
        _ => this,
    };
}
