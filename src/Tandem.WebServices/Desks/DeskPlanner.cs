using Tandem.Contracts.Media;
using Tandem.Contracts.Srs;
using Tandem.Recordings.Capture;
using Tandem.WebServices.Composition;
using Tandem.WebServices.Interactions;

namespace Tandem.WebServices.Desks;

/// <summary>Turns a verdict of the capture rule into rows and commands; touches nothing.</summary>
internal sealed class DeskPlanner(WebServicesOptions options)
{
    private const long MsPerMinute = 60_000;

    public DeskChange Plan(AgentDesk desk, CaptureVerdict verdict, long nowUs) =>
        Plan(desk, desk with { Capture = verdict.State }, verdict.Steps, nowUs);

    /// <param name="after">The desk with its new state; its capture id still the old one.</param>
    public DeskChange Plan(AgentDesk before, AgentDesk after, IReadOnlyList<CaptureStep> steps, long nowUs)
    {
        var started = new List<Screen>();
        var stopped = new List<(string, CaptureStep.Stop)>();
        EndReason? ended = null;
        var told = steps.Any(step => step is not CaptureStep.NoDevice);
        foreach (var step in steps)
        {
            switch (step)
            {
                case CaptureStep.Stop stop when after.CaptureId is { } captureId:
                    stopped.Add((captureId, stop));
                    ended = stop.Reason;
                    after = after with { CaptureId = null };
                    break;
                case CaptureStep.Start start:
                    started.Add(NewScreen(after, start.Capture, nowUs));
                    after = after with { CaptureId = started[^1].CaptureId };
                    break;
            }
        }

        var device = after.DeviceId ?? before.DeviceId;
        return new DeskChange(
            before, after, started, stopped, [.. steps.OfType<CaptureStep.NoDevice>()],
            told && device is not null ? [(device, Desired(after, ended))] : []);
    }

    /// <summary>The same change, and the device is told though nothing begins or ends.</summary>
    public DeskChange Tell(DeskChange change) => change.After.DeviceId is { } device
        ? change with { Commands = [(device, Desired(change.After, null))] }
        : change;

    /// <summary>What the desk's device should do now; the revision is given when it is stored.</summary>
    public DesiredState Desired(AgentDesk desk, EndReason? ended) => new(
        0,
        desk.CaptureId,
        desk.AgentId,
        desk.CaptureId is not null,
        desk.Capture.Capture?.Paused ?? false,
        Live: desk.Watched,
        options.Screen.MaximumFps,
        options.Screen.MaximumDurationMinutes * MsPerMinute,
        options.Screen.OfflineLimitMinutes * MsPerMinute,
        ended,
        options.Screen.Reduction,
        options.Screen.TrackPerMonitor,
        options.Screen.Encoder.Length > 0 ? options.Screen.Encoder : null,
        options.Screen.FullChroma);

    private static Screen NewScreen(AgentDesk desk, RunningCapture capture, long nowUs) => new()
    {
        CaptureId = Guid.NewGuid().ToString(),
        AgentId = desk.AgentId,
        DeviceId = desk.DeviceId!,
        InteractionId = capture.Part == CapturePart.NonVoice ? Guid.NewGuid().ToString() : null,
        PrimaryCallUuid = capture.PrimaryCallUuid,
        PrimarySegmentId = capture.PrimarySegmentId,
        StartUs = nowUs,
        State = MediaStates.Recording,
    };
}
