using Microsoft.Extensions.Logging;

namespace Tandem.MediaControlPlatform.Siprec;

internal static partial class SiprecLog
{
    [LoggerMessage(5301, LogLevel.Information, "Call {CallUuid} is recorded by another session already; this one stands by")]
    public static partial void StandsBy(ILogger log, string callUuid);

    [LoggerMessage(5302, LogLevel.Warning, "Recorder {Recorder} does not take segment {Segment}: {Why}; tried again in {Seconds} s")]
    public static partial void ForkFailed(ILogger log, string recorder, string segment, string why, int seconds);

    [LoggerMessage(5303, LogLevel.Information, "Segment {Segment} is fed to {Recorder} too")]
    public static partial void Forked(ILogger log, string segment, string recorder);
}
