using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace Tandem.WebServices.Users;

/// <summary>One way for a request to say who asks.</summary>
internal interface ICredential
{
    /// <summary>Null when the request bears no credential of this kind, or a wrong one.</summary>
    Task<ClaimsPrincipal?> ReadAsync(HttpContext context);
}
