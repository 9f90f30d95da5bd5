using Tandem.Contracts.Media;
using Tandem.Safekeeping.Spooling;
using Tandem.ScreenRecordingService.Capture;
using Tandem.ScreenRecordingService.Worker;

namespace Tandem.ScreenRecordingService.Service;

/// <summary>What is known of one capture while it is filed; times on its axis are milliseconds from its first picture.</summary>
/// <param name="requestedUs">UTC microseconds of the server's clock: its start where it never had a picture.</param>
internal sealed class FiledCapture(string id, string agentId, long requestedUs)
{
    /// <summary>Between two parts: what is shorter is no gap.</summary>
    private const long ShortestGapMs = 1_000;

    private readonly List<ScreenPart> parts = [];
    private readonly List<MediaInterval> pauses = [];
    private readonly List<MediaInterval> gaps = [];
    private IReadOnlyList<MonitorGeometry> monitors = [];
    private PartBegun? first;
    private PartBegun? newest;
    private long? newestMonotonicUs;
    private long? restoredStartUs;
    private EndReason? restoredReason;
    private long lastMediaMs;
    private long? pausedSinceMs;
    private (string Cause, long SinceMs)? away;
    private long frames;
    private long dropped;

    public string Id => id;
    public string AgentId => agentId;

    /// <summary>Open stream of the newest part.</summary>
    public SpooledStream? Stream { get; set; }

    /// <summary>Set once it shall end.</summary>
    public EndReason? EndReason { get; set; }

    /// <summary>As a service that is gone had left it.</summary>
    /// <param name="pausedSinceUs">Its pause goes on, which the report may not know of yet; null: it was not paused.</param>
    public static FiledCapture Restore(ScreenCaptureReport report, long? pausedSinceUs)
    {
        var capture = new FiledCapture(report.CaptureId, report.AgentId, report.StartUs) { restoredStartUs = report.StartUs, restoredReason = report.EndReason };
        capture.parts.AddRange(report.Parts);
        capture.pauses.AddRange(report.Pauses);
        capture.gaps.AddRange(report.Gaps);
        (capture.monitors, capture.frames, capture.dropped) = (report.Monitors, report.FramesCaptured, report.FramesDropped);
        capture.lastMediaMs = capture.EndOfLastMs;
        if (pausedSinceUs is { } sinceUs)
        {
            capture.pausedSinceMs = Math.Max(0, (sinceUs - report.StartUs) / 1_000);
            if (capture.pauses is [.., var known] && known.StopMs > capture.pausedSinceMs)
            {
                capture.pausedSinceMs = known.StartMs;
                capture.pauses.RemoveAt(capture.pauses.Count - 1);
            }
        }
        return capture;
    }

    /// <param name="serverUs">When its first picture was taken, on the server's clock.</param>
    public void Begin(PartBegun part, string streamId, long serverUs)
    {
        if (monitors.Count == 0)
            monitors = part.Monitors;
        var startMs = Math.Max(OnAxisMs(part, serverUs), EndOfLastMs);
        if (parts.Count > 0 && startMs > EndOfLastMs + ShortestGapMs)
            gaps.Add(new MediaInterval(EndOfLastMs, startMs, part.GapCause ?? "display-lost"));
        first ??= part;
        newest = part;
        newestMonotonicUs = null;
        lastMediaMs = startMs;
        parts.Add(new ScreenPart(streamId, part.Codec, part.Width, part.Height, startMs, 0, part.Monitors, part.Tracks is not null));
    }

    /// <summary>Its newest part has grown.</summary>
    public void Grown(MediaBytes media)
    {
        newestMonotonicUs ??= media.MonotonicUs;
        lastMediaMs = parts[^1].StartMs + (media.MonotonicUs - newestMonotonicUs.Value) / 1_000;
    }

    public void EndPart(long durationMs, long partFrames, long partDropped)
    {
        if (parts.Count > 0)
            parts[^1] = parts[^1] with { DurationMs = durationMs };
        frames += partFrames;
        dropped += partDropped;
    }

    /// <summary>The worker died: the part ends with what it had delivered.</summary>
    public void CutPart()
    {
        if (Stream is not null && parts.Count > 0)
            EndPart(lastMediaMs - parts[^1].StartMs, 0, 0);
    }

    public void Pause(bool paused, long atUs)
    {
        if (paused)
            pausedSinceMs ??= Ms(atUs);
        else if (pausedSinceMs is { } since)
        {
            pauses.Add(new MediaInterval(since, Ms(atUs)));
            pausedSinceMs = null;
        }
    }

    /// <param name="cause">Why nobody may see the screen, though it is not paused; null: over.</param>
    public void Away(string? cause, long atUs)
    {
        if (away is { } before)
            gaps.Add(new MediaInterval(before.SinceMs, Ms(atUs), before.Cause));
        away = cause is null ? null : (cause, Ms(atUs));
    }

    public ScreenCaptureReport Report(string deviceId, ServerClock clock, EndReason reason)
    {
        var nowMs = newest is null ? lastMediaMs : parts[^1].StartMs + (clock.SteadyUs - newest.SteadyUs) / 1_000;
        var startUs = restoredStartUs ?? (first is null ? requestedUs : clock.ToServerUs(first.SteadyUs));
        var grown = parts.ConvertAll(p => p.DurationMs > 0 ? p : p with { DurationMs = Math.Max(lastMediaMs - p.StartMs, 0) });
        var stopMs = parts.Count == 0 ? 0 : parts[^1].DurationMs > 0 ? EndOfLastMs : nowMs;
        return new ScreenCaptureReport
        {
            CaptureId = id,
            AgentId = agentId,
            DeviceId = deviceId,
            StartUs = startUs,
            StopUs = startUs + stopMs * 1_000,
            Parts = grown,
            Monitors = monitors,
            Pauses = pausedSinceMs is { } since ? [.. pauses, new MediaInterval(since, Math.Max(since, nowMs))] : [.. pauses],
            Gaps = away is { } open ? [.. gaps, new MediaInterval(open.SinceMs, Math.Max(open.SinceMs, nowMs), open.Cause)] : [.. gaps],
            ClockSamples = clock.Samples,
            FramesCaptured = frames,
            FramesDropped = dropped,
            // Where nothing came after the restart, it ended when the service before did.
            EndReason = newest is null ? restoredReason ?? reason : reason,
        };
    }

    private long EndOfLastMs => parts.Count == 0 ? 0 : parts[^1].StartMs + parts[^1].DurationMs;

    private long OnAxisMs(PartBegun part, long serverUs) =>
        restoredStartUs is { } restored ? (serverUs - restored) / 1_000 : first is null ? 0 : (part.SteadyUs - first.SteadyUs) / 1_000;

    /// <summary>Of an instant of the newest part's clock.</summary>
    private long Ms(long us) => newest is null ? lastMediaMs : parts[^1].StartMs + (us - newest.FirstFrameUs) / 1_000;
}
