using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Tandem.Contracts.Cti;
using Tandem.WebServices.Cti;
using Tandem.WebServices.Desks;
using Tandem.WebServices.Devices;
using Tandem.WebServices.Problems;
using Tandem.WebServices.Users;

namespace Tandem.WebServices.Desktop;

/// <summary>The agent's own session and state.</summary>
internal static class MeEndpoints
{
    public static void MapMe(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v2/me", OperateAsync).RequireAuthorization(Policies.User).Produces<StatusReply>();
        routes.MapGet("/api/v2/me/state", State).RequireAuthorization(Policies.User).Produces<AgentStateView>();
        routes.MapPost("/api/v2/me/pairing-token", PairAsync).RequireAuthorization(Policies.User).Produces<PairingReply>();
    }

    private static async Task<IResult> OperateAsync(
        OperationForm form, ClaimsPrincipal who, DeskDirector director, DeskRoster roster, CtiLinks cti, CancellationToken stop)
    {
        if (who.AgentId() is not { } agentId)
        {
            return NotAnAgent(who);
        }

        if (roster.Of(agentId).Dn is not { } dn)
        {
            return Problem.Of(ProblemCode.NoDn, $"Give {agentId} a DN first.");
        }

        return form.OperationName switch
        {
            "StartContactCenterSession" => await StartAsync(agentId, dn, director, cti, stop),
            "EndContactCenterSession" => await EndAsync(agentId, dn, director, roster, cti, stop),
            "Ready" => await AskAsync(cti, Agent(CtiRequestNames.AgentReady, dn, agentId), stop),
            "NotReady" => await AskAsync(cti, Agent(CtiRequestNames.AgentNotReady, dn, agentId) with { Reason = form.Reason }, stop),
            "Busy" => await AskAsync(cti, Agent(CtiRequestNames.AgentNotReady, dn, agentId) with { Reason = "Busy" }, stop),
            "AfterCallWork" => await AskAsync(
                cti, Agent(CtiRequestNames.AgentNotReady, dn, agentId) with { WorkMode = "AfterCallWork" }, stop),
            _ => Problem.Of(ProblemCode.InvalidRequest, $"operationName: '{form.OperationName}' is not known."),
        };
    }

    private static async Task<IResult> StartAsync(
        string agentId, string dn, DeskDirector director, CtiLinks cti, CancellationToken stop)
    {
        await director.SetAtWorkAsync(agentId, true, stop);
        var registered = await cti.RegisterAsync(dn, stop);
        if (registered.Outcome != CtiOutcome.Done)
        {
            return Problem.Of(ProblemCode.SwitchUnavailable, $"The DN {dn} cannot be followed. {registered.Why}");
        }

        var login = await cti.RequestAsync(Agent(CtiRequestNames.AgentLogin, dn, agentId), stop);
        return login.Outcome == CtiOutcome.Done
            ? await AskAsync(cti, Agent(CtiRequestNames.AgentReady, dn, agentId), stop)
            : CtiAnswers.Of(login);
    }

    private static async Task<IResult> EndAsync(
        string agentId, string dn, DeskDirector director, DeskRoster roster, CtiLinks cti, CancellationToken stop)
    {
        var reply = await cti.RequestAsync(Agent(CtiRequestNames.AgentLogout, dn, agentId), stop);
        await director.SetAtWorkAsync(agentId, false, stop);
        if (roster.Of(agentId) is { Followed: false, Capture.Active.IsEmpty: true })
        {
            await cti.UnregisterAsync(dn, stop);
        }

        return CtiAnswers.Of(reply);
    }

    private static async Task<IResult> AskAsync(CtiLinks cti, CtiRequest request, CancellationToken stop) =>
        CtiAnswers.Of(await cti.RequestAsync(request, stop));

    private static CtiRequest Agent(string name, string dn, string agentId) => CtiLink.Request(name) with { ThisDN = dn, AgentID = agentId };

    private static IResult State(ClaimsPrincipal who, StateViews views) =>
        who.AgentId() is { } agentId ? TypedResults.Ok(views.Of(agentId)) : NotAnAgent(who);

    private static async Task<IResult> PairAsync(ClaimsPrincipal who, PairingTokens pairing, CancellationToken stop) =>
        who.AgentId() is { } agentId
            ? TypedResults.Ok(new PairingReply(await pairing.MintAsync(agentId, who.NameOf(), stop)))
            : NotAnAgent(who);

    private static ProblemHttpResult NotAnAgent(ClaimsPrincipal who) => Problem.Of(ProblemCode.Forbidden, $"{who.NameOf()} is not an agent.");
}
