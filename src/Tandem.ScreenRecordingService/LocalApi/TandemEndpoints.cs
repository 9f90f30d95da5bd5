using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tandem.Contracts.Srs;
using Tandem.ScreenRecordingService.Service;

namespace Tandem.ScreenRecordingService.LocalApi;

/// <summary>Our own rows: pair by a token that RWS gave the workspace page, then status, pause and resume.</summary>
internal sealed class TandemEndpoints(SessionBook sessions, PairingCodes codes, CaptureControl control, LiveFeed live, Device device, RwsSocket socket)
{
    /// <summary>The Authorization of a program that has no credentials yet: no page can send it unasked.</summary>
    public const string ProgramScheme = "Tandem-Program";

    private const string TokenHeader = "X-Tandem-Token";
    private static readonly TimeSpan PausePatience = TimeSpan.FromSeconds(2);

    public void Map(IEndpointRouteBuilder routes)
    {
        foreach (var row in (ReadOnlySpan<string>)["pair", "status", "pause", "resume"])
            routes.MapMethods($"/tandem/{row}", ["OPTIONS"], LoginEndpoints.Preflight);
        routes.MapPost("/tandem/code", CodeAsync);
        routes.MapPost("/tandem/pair", PairAsync);
        routes.MapMethods("/tandem/status", ["GET", "POST"], StatusAsync);
        routes.MapPost("/tandem/pause", context => SetPausedAsync(context, true));
        routes.MapPost("/tandem/resume", context => SetPausedAsync(context, false));
    }

    private Task CodeAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.Headers.Origin.Count > 0 || request.Headers.Authorization != ProgramScheme)
            return LocalAnswers.ProblemAsync(context, StatusCodes.Status403Forbidden, "Codes are for programs of this PC, not for pages.");
        return codes.Mint(PeerGuard.UserIdOf(context)) is { } code
            ? context.Response.WriteAsJsonAsync(new CodeReply(code), LocalJson.Default.CodeReply)
            : LocalAnswers.ProblemAsync(context, StatusCodes.Status429TooManyRequests, "Too many codes are open; try again in two minutes.");
    }

    private async Task PairAsync(HttpContext context)
    {
        var body = await LocalAnswers.ReadJsonAsync(context, LocalJson.Default.PairRequest);
        if (context.Response.HasStarted)
            return;
        if (string.IsNullOrEmpty(body?.Token))
        {
            await LocalAnswers.ProblemAsync(context, StatusCodes.Status400BadRequest, "A pairing token is needed.");
            return;
        }
        if (body.Code is { } code && !codes.Redeem(code, PeerGuard.UserIdOf(context)))
        {
            await LocalAnswers.ProblemAsync(context, StatusCodes.Status401Unauthorized, "The window's code is used up or too old; open the workspace anew.");
            return;
        }
        var (outcome, session) = await sessions.SignInAsync(new SignInRequest(null, null, body.Token, null, null), [], PeerGuard.UserIdOf(context), context.RequestAborted);
        if (outcome == SignInOutcome.Unreachable)
            await LocalAnswers.ProblemAsync(context, StatusCodes.Status503ServiceUnavailable, "The recording server cannot be reached.");
        else if (session is null)
            await LocalAnswers.ProblemAsync(context, StatusCodes.Status401Unauthorized, "The pairing token is not valid, or no longer.");
        else
        {
            LoginEndpoints.SetCookie(context, session);
            var reply = new PairReply(session.AgentId, session.UserName, device.Id, session.Token!);
            await context.Response.WriteAsJsonAsync(reply, LocalJson.Default.PairReply);
        }
    }

    private async Task StatusAsync(HttpContext context)
    {
        if (await FindAsync(context) is { } session)
        {
            sessions.Seen(session);
            await WriteStatusAsync(context);
        }
    }

    private async Task SetPausedAsync(HttpContext context, bool paused)
    {
        if (await FindAsync(context) is null)
            return;
        if (await control.PauseAsync(paused, PausePatience))
            await WriteStatusAsync(context);
        else if (control.Actual().CaptureId is null)
            await LocalAnswers.ProblemAsync(context, StatusCodes.Status409Conflict, "Nothing is being recorded.");
        else
            await LocalAnswers.ProblemAsync(context, StatusCodes.Status504GatewayTimeout, "The screen recorder did not confirm in time.");
    }

    private Task WriteStatusAsync(HttpContext context)
    {
        var actual = control.Actual();
        var state = actual.Phase switch
        {
            CapturePhase.Recording => "recording",
            CapturePhase.Paused => "paused",
            CapturePhase.Failed => "unavailable",
            _ => actual.Problem is null ? "off" : "unavailable",
        };
        var reply = new StatusReply(
            state, actual.CaptureId, actual.Problem, sessions.Current?.AgentId, device.Id, socket.IsOpen ? "connected" : "unreachable", live.IsWatched);
        return context.Response.WriteAsJsonAsync(reply, LocalJson.Default.StatusReply);
    }

    /// <summary>A header that no form and no simple cross-origin request can send; the cookie is not enough here.</summary>
    private async Task<LocalSession?> FindAsync(HttpContext context)
    {
        var authorization = context.Request.Headers.Authorization.ToString();
        var token = authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            ? authorization[7..].Trim()
            : context.Request.Headers[TokenHeader].ToString();
        var user = PeerGuard.UserIdOf(context);
        var session = BasicCredentials.Read(context.Request) is { } basic
            ? sessions.ByCredentials(basic.UserName, basic.Password, user)
            : sessions.ByToken(token, user);
        if (session is null)
            await LocalAnswers.ProblemAsync(context, StatusCodes.Status401Unauthorized, "Pair first.");
        return session;
    }
}
