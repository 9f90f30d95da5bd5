using Tandem.Contracts.Media;
using Tandem.Safekeeping.Spooling;
using Tandem.ScreenRecordingService.Capture;

namespace Tandem.ScreenRecordingService.Service;

/// <summary>What is known of one capture while it is filed; times on its axis are milliseconds from its first picture.</summary>
internal sealed class FiledCapture(string id, string agentId, long requestedUs)
{
    private readonly List<ScreenPart> parts = [];
    private readonly List<MediaInterval> pauses = [];
    private readonly List<MediaInterval> gaps = [];
    private IReadOnlyList<MonitorGeometry> monitors = [];
    private long? startUs;
    private long? pausedSinceUs;
    private long frames;
    private long dropped;

    public string Id => id;
    public string AgentId => agentId;

    /// <summary>Open stream of the newest part.</summary>
    public SpooledStream? Stream { get; set; }

    /// <summary>Set once it shall end.</summary>
    public EndReason? EndReason { get; set; }

    /// <summary>Of the newest part: when its newest media was finished.</summary>
    public long LastMediaUs { get; set; }
    public long? StartUs => startUs;

    public void Begin(PartBegun part, string streamId)
    {
        startUs ??= part.FirstFrameUs;
        if (monitors.Count == 0)
            monitors = part.Monitors;
        var startMs = Ms(part.FirstFrameUs);
        if (parts.Count > 0 && startMs > EndOfLastMs + 1_000)
            gaps.Add(new MediaInterval(EndOfLastMs, startMs, "display-lost"));
        parts.Add(new ScreenPart(streamId, part.Codec, part.Width, part.Height, startMs, 0));
        LastMediaUs = part.FirstFrameUs;
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
            EndPart(Ms(LastMediaUs) - parts[^1].StartMs, 0, 0);
    }

    public void Pause(bool paused, long atUs)
    {
        if (paused)
            pausedSinceUs ??= atUs;
        else if (pausedSinceUs is { } since)
            ClosePause(since, atUs);
    }

    /// <param name="nowUs">Its end, or how far it has come.</param>
    /// <param name="clock">Brings instants to the server's clock.</param>
    public ScreenCaptureReport Report(string deviceId, long nowUs, ServerClock clock, EndReason reason)
    {
        var open = pausedSinceUs is { } since ? [.. pauses, new MediaInterval(Ms(since), Ms(nowUs))] : pauses.ToArray();
        var stopUs = parts.Count > 0 && parts[^1].DurationMs > 0 ? startUs!.Value + EndOfLastMs * 1_000 : nowUs;
        return new ScreenCaptureReport
        {
            CaptureId = id,
            AgentId = agentId,
            DeviceId = deviceId,
            StartUs = (startUs ?? requestedUs) + clock.OffsetUs,
            StopUs = Math.Max(stopUs, startUs ?? requestedUs) + clock.OffsetUs,
            Parts = [.. parts.Select(p => p.DurationMs > 0 ? p : p with { DurationMs = Math.Max(Ms(LastMediaUs) - p.StartMs, 0) })],
            Monitors = monitors,
            Pauses = open,
            Gaps = [.. gaps],
            ClockSamples = clock.Samples,
            FramesCaptured = frames,
            FramesDropped = dropped,
            EndReason = reason,
        };
    }

    private long EndOfLastMs => parts[^1].StartMs + parts[^1].DurationMs;

    private long Ms(long us) => startUs is { } start ? (us - start) / 1_000 : 0;

    private void ClosePause(long sinceUs, long untilUs)
    {
        pauses.Add(new MediaInterval(Ms(sinceUs), Ms(untilUs)));
        pausedSinceUs = null;
    }
}
