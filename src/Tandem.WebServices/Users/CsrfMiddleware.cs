using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Tandem.WebServices.Problems;

namespace Tandem.WebServices.Users;

/// <summary>A request that comes by cookie and changes something must repeat the session's token in a header; a
/// WebSocket opened by cookie must come from our own origin, since browsers send no such header there.</summary>
internal sealed class CsrfMiddleware(RequestDelegate next)
{
    public const string Header = "X-CSRF-TOKEN";

    public Task InvokeAsync(HttpContext context)
    {
        if (context.User.FindFirstValue(Person.CsrfClaim) is not { } token || Harmless(context, token))
        {
            return next(context);
        }

        return Problem.Of(ProblemCode.CsrfTokenMissing, $"Send the csrfToken of the session in the header {Header}.").ExecuteAsync(context);
    }

    private static bool Harmless(HttpContext context, string token)
    {
        var request = context.Request;
        if (context.WebSockets.IsWebSocketRequest)
        {
            return Uri.TryCreate(request.Headers.Origin, UriKind.Absolute, out var origin) && origin.Authority == request.Host.Value;
        }

        return HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method)
            || request.Headers[Header] == token;
    }
}
