using Tandem.Contracts.Srs;

namespace Tandem.ScreenRecordingService.Service;

/// <summary>All that decides whether a running capture ends; times in milliseconds of one monotonic clock.</summary>
/// <param name="SignedOut">The agent signed out here since it began.</param>
/// <param name="ServerLostMs">Since when RWS cannot be reached; null: it can.</param>
/// <param name="DesktopLostMs">Since when the desktop is gone; null: it is there.</param>
/// <param name="DisplayLostMs">Since when there is no worker or display; null: there is.</param>
internal readonly record struct ControlFacts(
    DesiredState? Desired, bool SignedOut, long? ServerLostMs, long? DesktopLostMs, long? DisplayLostMs);
