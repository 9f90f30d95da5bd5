using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace Tandem.WebServices.Users;

/// <summary>The session cookie.</summary>
internal sealed class SessionCredential(UserSessions sessions) : ICredential
{
    public async Task<ClaimsPrincipal?> ReadAsync(HttpContext context) =>
        context.Request.Cookies.TryGetValue(UserSessions.Cookie, out var token)
        && await sessions.FindAsync(token, context.RequestAborted) is var (user, session)
            ? Person.Of(user, session.CsrfToken)
            : null;
}
