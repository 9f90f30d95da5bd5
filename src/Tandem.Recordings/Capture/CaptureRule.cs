using Tandem.Contracts.Cti;
using Tandem.Contracts.Media;
using Tandem.Recordings.Policy;

namespace Tandem.Recordings.Capture;

/// <summary>When an agent's screen is captured (docs/mapping.md): pure, one agent at a time, judged after each whole
/// batch of events.</summary>
/// <param name="draw">A number from 0 up to 1 for random().</param>
public sealed class CaptureRule(Func<double> draw)
{
    /// <summary>How long the event of after-call work may lag behind the release of the call.</summary>
    public const long AfterCallWorkWaitUs = 1_000_000;

    /// <param name="batch">Events of the agent's own DNs, in the source's order.</param>
    /// <param name="source">The CTI source they come from: a snapshot of one says nothing of another's calls.</param>
    public CaptureVerdict Events(
        AgentCapture state, RecordingPolicy policy, IReadOnlyList<CtiEvent> batch, long nowUs, string? source = null)
    {
        var before = state.Active;
        // A merge comes first whatever the order in the batch: the entry must move before its old call is released.
        foreach (var about in batch.OrderBy(about => about.Name == CtiEventNames.PartyChanged ? 0 : 1))
        {
            state = AgentActivities.Apply(ActiveCalls.Apply(state, about, source, nowUs), about);
        }

        var steps = new List<CaptureStep>();
        if (!policy.Off && !state.HasDevice)
        {
            steps.AddRange(state.Active
                .Where(call => !before.Exists(known => known.ConnId == call.ConnId && known.Dn == call.Dn))
                .Select(call => new CaptureStep.NoDevice(call)));
        }

        return Judge(state, policy, steps, nowUs);
    }

    /// <summary>The agent signed in at a device.</summary>
    public CaptureVerdict SignedIn(AgentCapture state, RecordingPolicy policy, long nowUs) =>
        Judge(state with { HasDevice = true }, policy, [], nowUs);

    /// <summary>The agent left the device: closes the screen only, never the call's voice.</summary>
    public static CaptureVerdict SignedOut(AgentCapture state, EndReason reason)
    {
        var steps = new List<CaptureStep>();
        return new CaptureVerdict(Stop(state with { HasDevice = false, Drawn = null }, reason, steps), steps);
    }

    /// <summary>Time has passed: the wait for after-call work may be over, or the capture too long.</summary>
    public CaptureVerdict Tick(AgentCapture state, RecordingPolicy policy, long nowUs)
    {
        var steps = new List<CaptureStep>();
        if (state.Capture is { } running && nowUs - running.StartUs >= policy.MaximumDurationUs)
        {
            state = Split(state, steps, nowUs);
        }

        return Judge(state, policy, steps, nowUs);
    }

    /// <summary>When <see cref="Tick"/> is due, UTC microseconds.</summary>
    public static long? NextTickUs(AgentCapture state, RecordingPolicy policy) => state.Capture is { } capture
        ? Math.Min(capture.DeadlineUs ?? long.MaxValue, capture.StartUs + policy.MaximumDurationUs)
        : null;

    private CaptureVerdict Judge(AgentCapture state, RecordingPolicy policy, List<CaptureStep> steps, long nowUs)
    {
        state = NonVoiceRule.Draw(state, policy, draw);
        state = state.Capture switch
        {
            null => state,
            _ when policy.Off => Stop(state, EndReason.Stopped, steps),
            { Part: CapturePart.NonVoice } => NonVoice(state, policy, steps),
            _ when state.Active.IsEmpty => AfterTheCall(state, policy, steps, nowUs),
            { Part: CapturePart.InCall } capture => InCall(state, capture, steps),
            _ => Stop(state, EndReason.NextCall, steps),
        };
        return new CaptureVerdict(StartIfWanted(state, policy, steps, nowUs), steps);
    }

    private static AgentCapture NonVoice(AgentCapture state, RecordingPolicy policy, List<CaptureStep> steps)
    {
        if (!state.Active.IsEmpty)
        {
            return Stop(state, EndReason.NextCall, steps);
        }

        return NonVoiceRule.Holds(state, policy) ? state : Stop(state, EndReason.StateEnded, steps);
    }

    private static AgentCapture InCall(AgentCapture state, RunningCapture capture, List<CaptureStep> steps)
    {
        var primary = state.Active.Find(call => call.CallUuid == capture.PrimaryCallUuid);
        var paused = state.Active.Exists(call => call.Paused);
        if (paused != capture.Paused)
        {
            steps.Add(new CaptureStep.SetPaused(paused));
        }

        return state with
        {
            Capture = capture with { Paused = paused, PrimarySegmentId = capture.PrimarySegmentId ?? primary?.SegmentId },
        };
    }

    private static AgentCapture AfterTheCall(AgentCapture state, RecordingPolicy policy, List<CaptureStep> steps, long nowUs)
    {
        var capture = state.Capture!;
        var working = state.Activity == AgentActivity.AfterCallWork;
        if (!policy.RecordAfterCallWork)
        {
            return Stop(state, CallEnd(state), steps);
        }

        return capture.Part switch
        {
            CapturePart.AfterCallWork when working => state,
            CapturePart.AfterCallWork => Stop(state, EndReason.AfterCallWorkEnded, steps),
            _ when working => Unpaused(state, steps) with
            {
                Capture = capture with
                {
                    Part = CapturePart.AfterCallWork,
                    AfterCallWorkUs = state.Released?.AtUs ?? nowUs,
                    DeadlineUs = null,
                    Paused = false,
                },
            },
            CapturePart.AwaitingAfterCallWork when nowUs >= capture.DeadlineUs => Stop(state, CallEnd(state), steps),
            CapturePart.AwaitingAfterCallWork => state,
            _ => Unpaused(state, steps) with
            {
                Capture = capture with
                {
                    Part = CapturePart.AwaitingAfterCallWork,
                    DeadlineUs = nowUs + AfterCallWorkWaitUs,
                    Paused = false,
                },
            },
        };
    }

    private static AgentCapture Unpaused(AgentCapture state, List<CaptureStep> steps)
    {
        if (state.Capture!.Paused)
        {
            steps.Add(new CaptureStep.SetPaused(false));
        }

        return state;
    }

    private static AgentCapture StartIfWanted(AgentCapture state, RecordingPolicy policy, List<CaptureStep> steps, long nowUs)
    {
        if (state.Capture is not null || !state.HasDevice || policy.Off)
        {
            return state;
        }

        var first = state.Active.IsEmpty ? null : state.Active[0];
        if (first is null && !NonVoiceRule.Holds(state, policy))
        {
            return state;
        }

        var capture = first is null
            ? new RunningCapture(CapturePart.NonVoice, nowUs, null, null, false)
            : new RunningCapture(CapturePart.InCall, nowUs, first.CallUuid, first.SegmentId, state.Active.Exists(call => call.Paused));
        steps.Add(new CaptureStep.Start(capture));
        return state with { Capture = capture };
    }

    private static AgentCapture Split(AgentCapture state, List<CaptureStep> steps, long nowUs)
    {
        var next = state.Capture! with { StartUs = nowUs };
        state = Stop(state, EndReason.MaximumDuration, steps);
        steps.Add(new CaptureStep.Start(next));
        return state with { Capture = next };
    }

    private static AgentCapture Stop(AgentCapture state, EndReason reason, List<CaptureStep> steps)
    {
        if (state.Capture is { } capture)
        {
            steps.Add(new CaptureStep.Stop(capture, reason, state.Released));
        }

        return state with { Capture = null };
    }

    private static EndReason CallEnd(AgentCapture state) =>
        state.Released is { ByRelease: false } ? EndReason.Stopped : EndReason.CallEnded;
}
