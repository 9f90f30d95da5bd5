using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tandem.Contracts.Cti;
using Tandem.WebServices.Cti;
using Tandem.WebServices.Desks;
using Tandem.WebServices.Problems;
using Tandem.WebServices.Users;

namespace Tandem.WebServices.Desktop;

/// <summary>Call control from the workspace.</summary>
internal static class CallEndpoints
{
    private static readonly Dictionary<string, string> Requests = new()
    {
        ["Answer"] = CtiRequestNames.AnswerCall,
        ["Hold"] = CtiRequestNames.HoldCall,
        ["Retrieve"] = CtiRequestNames.RetrieveCall,
        ["Hangup"] = CtiRequestNames.ReleaseCall,
        ["SingleStepTransfer"] = CtiRequestNames.SingleStepTransfer,
        ["InitiateTransfer"] = CtiRequestNames.InitiateTransfer,
        ["CompleteTransfer"] = CtiRequestNames.CompleteTransfer,
        ["SingleStepConference"] = CtiRequestNames.SingleStepConference,
        ["InitiateConference"] = CtiRequestNames.InitiateConference,
        ["CompleteConference"] = CtiRequestNames.CompleteConference,
        ["Reconnect"] = CtiRequestNames.ReconnectCall,
    };

    public static void MapCalls(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v2/me/calls", MakeAsync).RequireAuthorization(Policies.User).Produces<StatusReply>();
        routes.MapPost("/api/v2/me/calls/{id}", OperateAsync).RequireAuthorization(Policies.User).Produces<StatusReply>();
    }

    private static async Task<IResult> MakeAsync(
        CallForm form, ClaimsPrincipal who, DeskRoster roster, CtiLinks cti, CancellationToken stop) =>
        DnOf(who, roster) is not { } dn
            ? Problem.Of(ProblemCode.NoDn, "Only an agent with a DN makes calls.")
            : CtiAnswers.Of(await cti.RequestAsync(
                CtiLink.Request(CtiRequestNames.MakeCall) with { ThisDN = dn, OtherDN = form.Destination }, stop));

    private static async Task<IResult> OperateAsync(
        string id, OperationForm form, ClaimsPrincipal who, DeskRoster roster, CtiLinks cti, RecordingControl recording, CancellationToken stop)
    {
        if (DnOf(who, roster) is not { } dn)
        {
            return Problem.Of(ProblemCode.NoDn, "Only an agent with a DN controls calls.");
        }

        var calls = roster.Of(who.AgentId()!).Calls;
        if (!calls.Exists(call => call.ConnId == id))
        {
            return Problem.Of(ProblemCode.NotFound, $"{dn} has no call {id}.");
        }

        if (RecordingControl.Knows(form.OperationName))
        {
            return await recording.OperateAsync(who, dn, id, form, stop);
        }

        if (!Requests.TryGetValue(form.OperationName, out var request))
        {
            return Problem.Of(ProblemCode.InvalidRequest, $"operationName: '{form.OperationName}' is not known.");
        }

        // Completing names the consultation; the call it completes into is the agent's other one.
        var completing = form.OperationName.StartsWith("Complete", StringComparison.Ordinal) || form.OperationName == "Reconnect";
        return CtiAnswers.Of(await cti.RequestAsync(
            CtiLink.Request(request) with
            {
                ThisDN = dn,
                ConnID = id,
                OtherDN = form.Destination,
                PreviousConnID = completing ? calls.Find(call => call.ConnId != id)?.ConnId : null,
            },
            stop));
    }

    private static string? DnOf(ClaimsPrincipal who, DeskRoster roster) =>
        who.AgentId() is { } agentId ? roster.Of(agentId).Dn : null;
}
