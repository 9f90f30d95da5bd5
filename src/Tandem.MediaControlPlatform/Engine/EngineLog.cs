using Microsoft.Extensions.Logging;

namespace Tandem.MediaControlPlatform.Engine;

internal static partial class EngineLog
{
    [LoggerMessage(5001, LogLevel.Error, "The media thread met a fault and goes on")]
    public static partial void TurnFailed(ILogger log, Exception failure);
}
