using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tandem.Contracts.Srs;
using Tandem.ScreenRecordingService.Service;

namespace Tandem.ScreenRecordingService.LocalApi;

/// <summary>The rows of Genesys' Screen Recording API: login, ping, logout.</summary>
internal sealed class LoginEndpoints(SessionBook sessions, ServiceOptions options)
{
    public const string Cookie = "SRSSESSION";

    public void Map(IEndpointRouteBuilder routes)
    {
        foreach (var path in (ReadOnlySpan<string>)["/api/v2/me", "/ping", "/logout"])
            routes.MapMethods(path, ["OPTIONS"], Preflight);
        routes.MapGet("/api/v2/me", context => LoginAsync(context, LoginConfiguration.Empty));
        routes.MapPost("/api/v2/me", LoginWithConfigurationAsync);
        routes.MapGet("/ping", PingAsync);
        routes.MapGet("/logout", LogoutAsync);
        routes.MapPost("/logout", LogoutAsync);
    }

    public static Task Preflight(HttpContext context)
    {
        // The guard has judged the origin; a pre-flight without one is none.
        context.Response.StatusCode = context.Request.Headers.Origin.Count > 0 ? StatusCodes.Status200OK : StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    private async Task LoginWithConfigurationAsync(HttpContext context)
    {
        var body = await LocalAnswers.ReadJsonAsync(context, LocalJson.Default.JsonElement);
        if (body.ValueKind == JsonValueKind.Undefined)
            return;
        if (LoginConfiguration.Parse(body) is { } configuration)
            await LoginAsync(context, configuration);
        else
            await LocalAnswers.ProblemAsync(context, StatusCodes.Status400BadRequest, "The body must be a JSON array of name and value.");
    }

    private async Task LoginAsync(HttpContext context, LoginConfiguration configuration)
    {
        if (BasicCredentials.Read(context.Request) is not { } credentials)
        {
            await UnauthorizedAsync(context);
            return;
        }
        if (Preferred(configuration) is not { } servers)
        {
            await LocalAnswers.ProblemAsync(context, StatusCodes.Status403Forbidden, "The server is not one of this machine's list.");
            return;
        }
        var request = new SignInRequest(credentials.UserName, credentials.Password, null, configuration.Place, configuration.Devices);
        var (outcome, session) = await sessions.SignInAsync(request, servers, PeerGuard.UserIdOf(context), context.RequestAborted);
        if (outcome == SignInOutcome.Unreachable)
            await LocalAnswers.ProblemAsync(context, StatusCodes.Status503ServiceUnavailable, "The recording server cannot be reached.");
        else if (session is null)
            await UnauthorizedAsync(context);
        else
            await WelcomeAsync(context, session);
    }

    private static Task WelcomeAsync(HttpContext context, LocalSession session)
    {
        SetCookie(context, session);
        if (context.Request.Headers.ContainsKey("X-Support-CSRFP"))
        {
            context.Response.Headers["X-CSRF-HEADER"] = "X-CSRF-TOKEN";
            context.Response.Headers["X-CSRF-TOKEN"] = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
        }
        var reply = new LoginReply(0, new LoginUser(session.UserName, session.AgentId));
        return context.Response.WriteAsJsonAsync(reply, LocalJson.Default.LoginReply);
    }

    public static void SetCookie(HttpContext context, LocalSession session) => context.Response.Cookies.Append(
        Cookie, session.Token!, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/" });

    private async Task PingAsync(HttpContext context)
    {
        if (Find(context) is not { } session)
        {
            await UnauthorizedAsync(context);
            return;
        }
        sessions.Seen(session);
    }

    private async Task LogoutAsync(HttpContext context)
    {
        if (Find(context) is null)
        {
            await UnauthorizedAsync(context);
            return;
        }
        await sessions.SignOutAsync(context.RequestAborted);
        context.Response.Cookies.Delete(Cookie);
    }

    /// <summary>By credentials, or by the cookie from a listed origin.</summary>
    private LocalSession? Find(HttpContext context)
    {
        var (request, user) = (context.Request, PeerGuard.UserIdOf(context));
        if (BasicCredentials.Read(request) is { } credentials)
            return sessions.ByCredentials(credentials.UserName, credentials.Password, user);
        return request.Headers.Origin.Count > 0 ? sessions.ByToken(request.Cookies[Cookie], user) : null;
    }

    /// <returns>Null where a server is named that this machine does not know.</returns>
    private List<Uri>? Preferred(LoginConfiguration configuration)
    {
        var named = new List<Uri>();
        foreach (var wanted in (Uri?[])[configuration.Server, configuration.PeerServer])
        {
            if (wanted is null)
                continue;
            var known = options.Servers.FirstOrDefault(s => s.GetLeftPart(UriPartial.Authority) == wanted.GetLeftPart(UriPartial.Authority));
            if (known is null)
                return null;
            named.Add(known);
        }
        return named;
    }

    private static Task UnauthorizedAsync(HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate = "Basic realm=\"Screen Recording Service\"";
        return LocalAnswers.ProblemAsync(context, StatusCodes.Status401Unauthorized, "Log in with user name and password.");
    }
}
