using Microsoft.Extensions.Logging;

namespace Tandem.MediaControlPlatform.Control;

internal static partial class ControlLog
{
    [LoggerMessage(5201, LogLevel.Warning, "INVITE refused: {Via} is not a configured peer")]
    public static partial void Stranger(ILogger log, string via);

    [LoggerMessage(5202, LogLevel.Warning, "Nobody is left to hear {Event} of {Dialog}")]
    public static partial void NobodyToTell(ILogger log, string @event, string dialog);

    [LoggerMessage(5203, LogLevel.Error, "Leg {Leg} of {Dn} met a fault and is ended")]
    public static partial void LegFailed(ILogger log, Exception failure, string leg, string dn);

    [LoggerMessage(5204, LogLevel.Information, "Leg {Leg} of {Dn} in {Conference}: {Codec} to {Remote}")]
    public static partial void LegAgreed(ILogger log, string leg, string dn, string conference, string codec, string remote);

    [LoggerMessage(5205, LogLevel.Information, "Leg {Leg} of {Dn} ended: {Received} packets in, {Sent} out")]
    public static partial void LegEnded(ILogger log, string leg, string dn, long received, long sent);

    [LoggerMessage(5206, LogLevel.Warning, "No RTP port is free")]
    public static partial void NoPort(ILogger log);
}
