using System.Security.Claims;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using Tandem.Contracts.Cti;
using Tandem.Contracts.Srs;
using Tandem.WebServices.Agents;
using Tandem.WebServices.Audit;
using Tandem.WebServices.Cti;
using Tandem.WebServices.Desks;
using Tandem.WebServices.Problems;
using Tandem.WebServices.Users;

namespace Tandem.WebServices.Desktop;

/// <summary>Start, stop, pause and resume of a call's recording. A pause or resume succeeds only when MCP (through SIP
/// Server) and every SRS of the call confirmed it; otherwise the answer names who did not.</summary>
internal sealed class RecordingControl(
    CtiLinks cti, DeskRoster roster, DeskWatchers watchers, AgentDirectory directory, AuditLog audit, TimeProvider time)
{
    private static readonly TimeSpan ConfirmationTimeout = TimeSpan.FromSeconds(3);

    private static readonly Dictionary<string, string> Messages = new()
    {
        ["StartCallRecording"] = "GSIP_RECORD_START",
        ["StopCallRecording"] = "GSIP_RECORD_STOP",
        ["PauseCallRecording"] = "GSIP_RECORD_PAUSE",
        ["ResumeCallRecording"] = "GSIP_RECORD_RESUME",
    };

    public static bool Knows(string operation) => Messages.ContainsKey(operation);

    public async Task<IResult> OperateAsync(ClaimsPrincipal who, string dn, string connId, OperationForm form, CancellationToken stop)
    {
        var reply = await cti.RequestAsync(
            CtiLink.Request(CtiRequestNames.PrivateService) with
            {
                ThisDN = dn, ConnID = connId, Message = Messages[form.OperationName], Reason = form.Reason,
            },
            stop);
        if (reply.Outcome != CtiOutcome.Done)
        {
            return CtiAnswers.Of(reply);
        }

        var pausing = form.OperationName == "PauseCallRecording";
        if (!pausing && form.OperationName != "ResumeCallRecording")
        {
            return CtiAnswers.Of(reply);
        }

        await audit.AppendAsync(
            who.NameOf(), pausing ? AuditActions.RecordingPaused : AuditActions.RecordingResumed, connId, form.Reason ?? "", stop);
        var silent = await WaitAsync(who.AgentId()!, connId, pausing, stop);
        return silent.Count == 0
            ? CtiAnswers.Of(reply)
            : Problem.Of(ProblemCode.NotConfirmed, $"Not confirmed by {string.Join(" and ", silent)}. Ask again.");
    }

    private async Task<List<string>> WaitAsync(string agentId, string connId, bool paused, CancellationToken stop)
    {
        using var timeout = new CancellationTokenSource(ConfirmationTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, stop);
        using var watching = watchers.Watch(agentId, out var signals);
        while (Silent(agentId, connId, paused) is { Count: > 0 } silent)
        {
            try
            {
                // Other agents' desks signal elsewhere, so a beat stands beside the signal.
                await WaitBeatAsync(signals, either.Token);
            }
            catch (OperationCanceledException) when (timeout.IsCancellationRequested && !stop.IsCancellationRequested)
            {
                return Silent(agentId, connId, paused);
            }
        }

        return [];
    }

    private async Task WaitBeatAsync(ChannelReader<bool> signals, CancellationToken stop)
    {
        var signal = signals.WaitToReadAsync(stop).AsTask();
        await Task.WhenAny(signal, Task.Delay(TimeSpan.FromMilliseconds(50), time, stop));
        stop.ThrowIfCancellationRequested();
        signals.TryRead(out _);
    }

    /// <summary>Who of the call does not yet show what was asked.</summary>
    private List<string> Silent(string agentId, string connId, bool paused)
    {
        var silent = new List<string>();
        var own = roster.Of(agentId);
        if (own.Calls.Find(call => call.ConnId == connId) is not { } call
            || (call.Recording == RecordingState.Paused) != paused)
        {
            silent.Add("MCP (voice)");
        }

        foreach (var desk in roster.All.Where(desk => desk.CaptureId is not null && desk.Capture.Active.Exists(active => active.ConnId == connId)))
        {
            var wanted = desk.Capture.Capture?.Paused == true ? CapturePhase.Paused : CapturePhase.Recording;
            if (desk.Actual?.CaptureId != desk.CaptureId || desk.Actual?.Phase != wanted || (paused && wanted != CapturePhase.Paused))
            {
                silent.Add($"SRS of {directory.ById(desk.AgentId)?.Name ?? desk.AgentId} (screen)");
            }
        }

        return silent;
    }
}
