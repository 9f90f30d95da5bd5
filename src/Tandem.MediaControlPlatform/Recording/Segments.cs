using Microsoft.Extensions.Logging;
using Tandem.Contracts.Media;
using Tandem.MediaControlPlatform.Engine;
using Tandem.Safekeeping.Spooling;

namespace Tandem.MediaControlPlatform.Recording;

/// <summary>Begins, finds and ends the segments of the engine's conferences. All methods run on the engine's thread.</summary>
internal sealed class Segments(
    MediaEngine engine, Spool spool, SpoolWriter writer, string contactCenterId, TimeProvider time, ILogger log)
{
    private readonly string _path = $"/internal-api/contact-centers/{contactCenterId}/recordings";

    /// <summary>Begins a segment; a segment that runs already is left alone.</summary>
    /// <returns>The new recorder, or null where one ran.</returns>
    /// <param name="tell">Takes MSML event names and causes, on the disk thread.</param>
    public SegmentRecorder? Begin(MediaConference conference, RecordRequest request, Action<string, string?> tell, long nowUs)
    {
        if (Find(request.SegmentId) is not null)
            return null;
        var sink = new SpoolSink(spool, writer, _path, request.CallUuid, request.SegmentId, tell, log);
        var recorder = new SegmentRecorder(request, sink, nowUs, UtcUs(nowUs));
        conference.Add(recorder, nowUs);
        recorder.Begin();
        RecordingLog.Began(log, request.SegmentId, request.Dn);
        return recorder;
    }

    /// <summary>The running recorder of a segment, or null.</summary>
    public SegmentRecorder? Find(string segmentId)
    {
        foreach (var conference in engine.Conferences.Values)
        {
            foreach (var recorder in conference.Recorders)
            {
                if (recorder.Request.SegmentId == segmentId)
                    return recorder;
            }
        }
        return null;
    }

    /// <summary>Ends every segment with what there is.</summary>
    public void EndAll(long nowUs)
    {
        foreach (var conference in engine.Conferences.Values)
        {
            foreach (var recorder in conference.Recorders)
                recorder.End(nowUs, EndReason.ShutDown);
        }
    }

    // Both clocks read at one moment (again when the thread was interrupted in between), however long ago the moment on
    // the call clock was.
    private long UtcUs(long clockUs)
    {
        for (var tries = 0; ; tries++)
        {
            var before = engine.NowUs;
            var utcUs = (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
            var after = engine.NowUs;
            if (after - before < 100 || tries == 5)
                return utcUs - (((before + after) / 2) - clockUs);
        }
    }
}
