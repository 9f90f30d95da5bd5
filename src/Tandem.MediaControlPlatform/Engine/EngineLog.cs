using Microsoft.Extensions.Logging;

namespace Tandem.MediaControlPlatform.Engine;

internal static partial class EngineLog
{
    [LoggerMessage(5001, LogLevel.Error, "The media thread met a fault and goes on")]
    public static partial void TurnFailed(ILogger log, Exception failure);

    [LoggerMessage(5002, LogLevel.Information,
        "The media thread runs at the common priority: beside other programs packets may wait some milliseconds for it. CAP_SYS_NICE or a limit of -11 (LimitNICE=-11 of systemd) lets it go first")]
    public static partial void NotHastened(ILogger log);
}
