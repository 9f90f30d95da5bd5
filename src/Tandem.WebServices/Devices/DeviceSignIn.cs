using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tandem.Contracts.Srs;
using Tandem.WebServices.Audit;
using Tandem.WebServices.Cti;
using Tandem.WebServices.Desks;
using Tandem.WebServices.Problems;
using Tandem.WebServices.Users;

namespace Tandem.WebServices.Devices;

/// <summary>An agent signs in and out at a PC, by password or by the pairing token of the workspace page.</summary>
internal static class DeviceSignIn
{
    public static void MapDeviceSignIn(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v2/srs/sign-in", SignInAsync).RequireAuthorization(Policies.Device).Produces<SignInReply>();
        routes.MapPost("/api/v2/srs/sign-out", SignOutAsync).RequireAuthorization(Policies.Device);
    }

    private static async Task<IResult> SignInAsync(
        SignInRequest request, ClaimsPrincipal device, PasswordCheck check, PairingTokens pairing,
        DeskDirector director, DeskRoster roster, CtiLinks cti, AuditLog audit, CancellationToken stop)
    {
        var (agentId, userName, refusal) = await WhoAsync(request, check, pairing, stop);
        if (agentId is null)
        {
            await audit.AppendAsync(request.UserName ?? "pairing", AuditActions.SignInFailed, device.DeviceId()!, "", stop);
            return refusal!;
        }

        var dn = request.Devices is { Count: > 0 } devices ? devices[0].Dn : null;
        var session = await director.SignInAsync(agentId, device.DeviceId()!, request.Place, dn, stop);
        await audit.AppendAsync(userName!, AuditActions.DeviceSignedIn, device.DeviceId()!, agentId, stop);
        if (roster.Of(agentId) is { Dn: { } followed })
        {
            // A source that is down takes the DN up when it is back; the sign-in stands.
            await cti.RegisterAsync(followed, stop);
        }

        return TypedResults.Ok(new SignInReply(agentId, userName!, session));
    }

    private static async Task<IResult> SignOutAsync(
        ClaimsPrincipal device, DeskDirector director, DeskRoster roster, CtiLinks cti, AuditLog audit, CancellationToken stop)
    {
        if (await director.SignOutAsync(device.DeviceId()!, stop) is { } agentId)
        {
            await audit.AppendAsync(agentId, AuditActions.DeviceSignedOut, device.DeviceId()!, "", stop);
            if (roster.Of(agentId) is { Followed: false, Dn: { } dn, Capture.Active.IsEmpty: true })
            {
                await cti.UnregisterAsync(dn, stop);
            }
        }

        return TypedResults.NoContent();
    }

    private static async Task<(string? AgentId, string? UserName, IResult? Refusal)> WhoAsync(
        SignInRequest request, PasswordCheck check, PairingTokens pairing, CancellationToken stop)
    {
        if (request.PairingToken is { } token)
        {
            return await pairing.RedeemAsync(token, stop) is var (agent, name)
                ? (agent, name, null)
                : (null, null, Problem.Of(ProblemCode.TokenNotValid, "Ask the workspace page for a new pairing token."));
        }

        var (outcome, user) = await check.CheckAsync(request.UserName ?? "", request.Password ?? "", stop);
        return outcome switch
        {
            SignInOutcome.Locked => (null, null, Problem.Of(ProblemCode.TooManyAttempts, "The account is locked for 15 minutes.")),
            SignInOutcome.Accepted when user!.AgentId is { } agent => (agent, user.UserName, null),
            SignInOutcome.Accepted => (null, null, Problem.Of(ProblemCode.Forbidden, $"{user!.UserName} is not an agent.")),
            _ => (null, null, Problem.Of(ProblemCode.SignInFailed, "Check user name and password.")),
        };
    }
}
