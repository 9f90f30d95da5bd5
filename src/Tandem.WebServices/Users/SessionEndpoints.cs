using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Tandem.WebServices.Audit;
using Tandem.WebServices.Problems;

namespace Tandem.WebServices.Users;

/// <summary>Signing in and out of the web pages.</summary>
internal static class SessionEndpoints
{
    public static void MapSession(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v2/session", SignInAsync).AllowAnonymous().Produces<SessionView>();
        routes.MapDelete("/api/v2/session", SignOutAsync).RequireAuthorization(Policies.User);
        routes.MapGet("/api/v2/me", Me).RequireAuthorization(Policies.User).Produces<SessionView>();
    }

    private static async Task<IResult> SignInAsync(
        SignInForm form, PasswordCheck check, UserSessions sessions, AuditLog audit, HttpContext context, CancellationToken stop)
    {
        var (outcome, user) = await check.CheckAsync(form.UserName, form.Password, stop);
        if (user is null)
        {
            await audit.AppendAsync(form.UserName, AuditActions.SignInFailed, "", outcome.ToString(), stop);
            return outcome == SignInOutcome.Locked
                ? Problem.Of(ProblemCode.TooManyAttempts, "The account is locked for 15 minutes.")
                : Problem.Of(ProblemCode.SignInFailed, "Check user name and password.");
        }

        var (token, session) = await sessions.OpenAsync(user.UserName, stop);
        context.Response.Cookies.Append(UserSessions.Cookie, token, new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Secure = context.Request.IsHttps,
            Path = "/",
        });
        await audit.AppendAsync(user.UserName, AuditActions.SignedIn, "", "", stop);
        return TypedResults.Ok(new SessionView(user.UserName, Person.RolesOf(user), user.AgentId, session.CsrfToken));
    }

    private static async Task<IResult> SignOutAsync(
        HttpContext context, UserSessions sessions, AuditLog audit, CancellationToken stop)
    {
        if (context.Request.Cookies.TryGetValue(UserSessions.Cookie, out var token))
        {
            await sessions.CloseAsync(token, stop);
            context.Response.Cookies.Delete(UserSessions.Cookie);
        }

        await audit.AppendAsync(context.User.NameOf(), AuditActions.SignedOut, "", "", stop);
        return TypedResults.NoContent();
    }

    private static Ok<SessionView> Me(ClaimsPrincipal who) => TypedResults.Ok(new SessionView(
        who.NameOf(),
        [.. who.FindAll(ClaimTypes.Role).Select(claim => claim.Value)],
        who.AgentId(),
        who.FindFirstValue(Person.CsrfClaim)));
}
