namespace Tandem.ScreenRecordingService.Service;

/// <summary>The server's time as far as it is known, for signatures: the server takes only those of its own minutes.</summary>
internal sealed class ServerTime(ServerClock clock) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddMicroseconds(clock.ToServerUs(clock.SteadyUs));
}
