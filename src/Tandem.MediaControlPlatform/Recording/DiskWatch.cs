using Microsoft.Extensions.Logging;
using Tandem.MediaControlPlatform.Engine;

namespace Tandem.MediaControlPlatform.Recording;

/// <summary>Where the spool's disk runs low, suspends recordings one by one, the lowest priority and among equals the
/// youngest first, so that the others go on longer; takes them up again, in the other order, when space returns. Calls are
/// never touched. On the engine's thread.</summary>
/// <param name="lowBytes">Below it recordings are suspended.</param>
internal sealed class DiskWatch(MediaEngine engine, long lowBytes, ILogger log)
{
    // Space must come back by this much before a recording is taken up again, so that none flaps.
    private const long MarginBytes = 16 << 20;

    /// <summary>Judges once; to be called about every second.</summary>
    public void Judge(long freeBytes, long nowUs)
    {
        var running = engine.Conferences.Values.SelectMany(conference => conference.Recorders)
            .Where(recorder => !recorder.IsStopping).ToList();
        if (freeBytes < lowBytes)
        {
            var first = running.Where(recorder => !recorder.IsSuspended)
                .OrderBy(recorder => recorder.Request.Priority).ThenByDescending(recorder => recorder.StartUs).FirstOrDefault();
            if (first is null)
                return;
            first.Suspend();
            RecordingLog.Suspended(log, first.Request.SegmentId, first.Request.Priority, freeBytes >> 20, lowBytes >> 20);
        }
        else if (freeBytes >= lowBytes + MarginBytes)
        {
            var next = running.Where(recorder => recorder.IsSuspended)
                .OrderByDescending(recorder => recorder.Request.Priority).ThenBy(recorder => recorder.StartUs).FirstOrDefault();
            if (next is null)
                return;
            next.GoOn(nowUs);
            RecordingLog.WentOn(log, next.Request.SegmentId, freeBytes >> 20);
        }
    }
}
