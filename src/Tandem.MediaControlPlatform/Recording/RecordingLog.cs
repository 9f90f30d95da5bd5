using Microsoft.Extensions.Logging;
using Tandem.Contracts.Media;
using Tandem.Safekeeping.Spooling;

namespace Tandem.MediaControlPlatform.Recording;

internal static partial class RecordingLog
{
    [LoggerMessage(5101, LogLevel.Error, "A write to the spool met a fault")]
    public static partial void WriteFailed(ILogger log, Exception failure);

    [LoggerMessage(5102, LogLevel.Warning, "Segment {Segment}: the spool refused {What}: {Outcome}")]
    public static partial void Refused(ILogger log, string segment, SpoolOutcome outcome, string what);

    [LoggerMessage(5103, LogLevel.Information, "Segment {Segment} ended ({Reason}) after {LengthUs} µs")]
    public static partial void Ended(ILogger log, string segment, EndReason reason, long lengthUs);

    [LoggerMessage(5104, LogLevel.Information, "Segment {Segment} was open when its recorder died; it ends at {StopUs}")]
    public static partial void Recovered(ILogger log, string segment, long stopUs);

    [LoggerMessage(5105, LogLevel.Error, "Spool: {Problem}")]
    public static partial void Alarm(ILogger log, string problem);

    [LoggerMessage(5106, LogLevel.Information, "Segment {Segment} of {Dn} begins")]
    public static partial void Began(ILogger log, string segment, string dn);

    [LoggerMessage(5108, LogLevel.Error, "Segment {Segment} (priority {Priority}) is not recorded for now: the spool's disk has {FreeMiB} MiB free, less than {LowMiB}")]
    public static partial void Suspended(ILogger log, string segment, int priority, long freeMiB, long lowMiB);

    [LoggerMessage(5109, LogLevel.Information, "Segment {Segment} is recorded again: the spool's disk has {FreeMiB} MiB free")]
    public static partial void WentOn(ILogger log, string segment, long freeMiB);

    [LoggerMessage(5107, LogLevel.Warning, "No ingest certificate from {Server} yet: {Why}")]
    public static partial void NoCertificate(ILogger log, Uri server, string why);
}
