using System.Net.Http.Headers;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Tandem.WebServices.Composition;

namespace Tandem.WebServices.Users;

/// <summary>The configured bearer token of an MCP (RFC 6750).</summary>
internal sealed class ServiceCredential(WebServicesOptions options) : ICredential
{
    public Task<ClaimsPrincipal?> ReadAsync(HttpContext context)
    {
        if (!AuthenticationHeaderValue.TryParse(context.Request.Headers.Authorization, out var header)
            || !header.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase))
        {
            return Task.FromResult<ClaimsPrincipal?>(null);
        }

        var token = Encoding.UTF8.GetBytes(header.Parameter ?? "");
        var service = options.Services.FirstOrDefault(
            known => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(known.Token), token));
        return Task.FromResult(service is null ? null : Person.Principal(new Claim(Person.ServiceClaim, service.Name)));
    }
}
