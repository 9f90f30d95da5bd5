using Tandem.Contracts.Media;

namespace Tandem.ScreenRecordingService.Service;

/// <summary>When a running capture ends, and why; pure.</summary>
internal static class EndRule
{
    /// <summary>A server that is there splits the capture itself, without a gap.</summary>
    private const long ServerLeewayMs = 5_000;

    /// <returns>Null: it goes on.</returns>
    public static EndReason? Judge(RunningCapture running, ControlFacts facts, ServiceOptions options, long nowMs)
    {
        var desired = facts.Desired;
        if (facts.SignedOut)
            return EndReason.SignedOut;
        if (desired is not { On: true } || desired.CaptureId != running.Id)
            return desired?.EndReason ?? EndReason.Stopped;
        var leewayMs = facts.ServerLostMs is null ? ServerLeewayMs : 0;
        if (desired.MaximumDurationMs > 0 && nowMs - running.StartedMs >= desired.MaximumDurationMs + leewayMs)
            return EndReason.MaximumDuration;
        if (desired.OfflineLimitMs > 0 && nowMs - facts.ServerLostMs >= desired.OfflineLimitMs)
            return EndReason.ServerLost;
        if (nowMs - facts.DesktopLostMs >= (long)options.DesktopGrace.TotalMilliseconds)
            return EndReason.DesktopLost;
        if (nowMs - facts.DisplayLostMs >= (long)options.DisplayGrace.TotalMilliseconds)
            return EndReason.DisplayLost;
        return null;
    }
}
