using Tandem.Contracts.Cti;
using Tandem.Recordings.Capture;
using Tandem.Recordings.Policy;

namespace Tandem.Recordings.Tests.Capture;

/// <summary>One agent under the rule, with a clock set by hand; keeps what the rule asked for as short words.</summary>
internal sealed class Desk(RecordingPolicy? policy = null, double draw = 0, string dn = "7001")
{
    private readonly CaptureRule _rule = new(() => draw);
    private long _nowUs = 1_000_000_000;

    public RecordingPolicy Policy { get; set; } = policy ?? RecordingPolicy.Default;

    public AgentCapture State { get; private set; } = AgentCapture.Initial with { HasDevice = true, Activity = AgentActivity.Ready };

    public List<string> Log { get; } = [];

    public string Dn => dn;

    public void Batch(params CtiEvent[] events) => From(null, events);

    /// <param name="source">The CTI source that says it.</param>
    public void From(string? source, params CtiEvent[] events)
    {
        _nowUs += 1000;
        Take(_rule.Events(State, Policy, [.. events.Select(about => about with { Time = Instants.FromMicros(_nowUs) })], _nowUs, source));
    }

    public void Pass(double seconds)
    {
        _nowUs += (long)(seconds * 1_000_000);
        if (CaptureRule.NextTickUs(State, Policy) <= _nowUs)
        {
            Take(_rule.Tick(State, Policy, _nowUs));
        }
    }

    public void SignIn() => Take(_rule.SignedIn(State, Policy, _nowUs));

    public void SignOut() => Take(CaptureRule.SignedOut(State, Contracts.Media.EndReason.SignedOut));

    private void Take(CaptureVerdict verdict)
    {
        State = verdict.State;
        Log.AddRange(verdict.Steps.Select(Word));
    }

    private static string Word(CaptureStep step) => step switch
    {
        CaptureStep.Start start => $"start {start.Capture.PrimaryCallUuid ?? "non-voice"}{(start.Capture.Paused ? " paused" : "")}",
        CaptureStep.Stop stop => $"stop {stop.Reason}{(stop.Capture.AfterCallWorkUs is null ? "" : " after work")}",
        CaptureStep.SetPaused set => set.Paused ? "pause" : "resume",
        CaptureStep.NoDevice missing => $"missing {missing.Call.CallUuid}",
        _ => throw new InvalidOperationException(step.ToString()),
    };
}
