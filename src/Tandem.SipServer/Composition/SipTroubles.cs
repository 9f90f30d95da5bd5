using Microsoft.Extensions.Logging;
using Tandem.Sip.Transport;

namespace Tandem.SipServer.Composition;

/// <summary>Logs what goes wrong at the SIP listener; refused bytes at most once a second, with a count.</summary>
internal sealed partial class SipTroubles(TimeProvider time, ILogger log) : ISipObserver
{
    private long _nextTicks;
    private int _silent;

    public void Malformed(string reason, SipSource source)
    {
        var now = time.GetTimestamp();
        var next = Interlocked.Read(ref _nextTicks);
        if (now < next || Interlocked.CompareExchange(ref _nextTicks, now + time.TimestampFrequency, next) != next)
        {
            Interlocked.Increment(ref _silent);
            return;
        }

        LogMalformed(log, source.Remote.ToString(), reason, Interlocked.Exchange(ref _silent, 0));
    }

    public void Failed(Exception exception, string doing) => LogFailed(log, exception, doing);

    [LoggerMessage(4400, LogLevel.Warning, "Malformed SIP from {From}: {Reason} ({Silent} more not shown)")]
    private static partial void LogMalformed(ILogger log, string from, string reason, int silent);

    [LoggerMessage(4401, LogLevel.Error, "The SIP listener failed at {Doing}")]
    private static partial void LogFailed(ILogger log, Exception failure, string doing);
}
