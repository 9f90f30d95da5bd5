using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Tandem.WebServices.Users;

/// <summary>RFC 7617, for integrators.</summary>
internal sealed class BasicCredential(PasswordCheck check) : ICredential
{
    public async Task<ClaimsPrincipal?> ReadAsync(HttpContext context)
    {
        if (!AuthenticationHeaderValue.TryParse(context.Request.Headers.Authorization, out var header)
            || !header.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase)
            || Split(header.Parameter) is not { } pair)
        {
            return null;
        }

        var (_, user) = await check.CheckAsync(pair.Name, pair.Password, context.RequestAborted);
        return user is null ? null : Person.Of(user);
    }

    private static (string Name, string Password)? Split(string? parameter)
    {
        var bytes = new byte[parameter?.Length ?? 0];
        if (!Convert.TryFromBase64String(parameter ?? "", bytes, out var length))
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(bytes, 0, length);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? null : (text[..colon], text[(colon + 1)..]);
    }
}
