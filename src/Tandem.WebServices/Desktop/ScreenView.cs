namespace Tandem.WebServices.Desktop;

/// <param name="State">recording, paused, off or unavailable.</param>
/// <param name="Watched">A supervisor sees the screen as it is recorded.</param>
/// <param name="Reason">For people; null when all is well.</param>
internal sealed record ScreenView(string State, string? CaptureId, string? Reason, string? DeviceId, bool Watched = false);
