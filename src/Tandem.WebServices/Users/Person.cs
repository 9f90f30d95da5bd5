using System.Security.Claims;

namespace Tandem.WebServices.Users;

/// <summary>Who asks, read from and written to claims.</summary>
internal static class Person
{
    public const string AgentClaim = "agent";
    public const string ServiceClaim = "service";
    public const string DeviceClaim = "device";
    public const string CsrfClaim = "csrf";
    public const string Scheme = "tandem";

    public static ClaimsPrincipal Of(UserAccount user, string? csrfToken = null)
    {
        var claims = new List<Claim> { new(ClaimTypes.Name, user.UserName) };
        claims.AddRange(RolesOf(user).Select(role => new Claim(ClaimTypes.Role, role)));
        if (user.AgentId is { } agent)
        {
            claims.Add(new Claim(AgentClaim, agent));
        }

        if (csrfToken is not null)
        {
            claims.Add(new Claim(CsrfClaim, csrfToken));
        }

        return Principal(claims);
    }

    public static ClaimsPrincipal Principal(params IEnumerable<Claim> claims) => new(new ClaimsIdentity(claims, Scheme));

    public static IReadOnlyList<string> RolesOf(UserAccount user) => user.Roles.Split(',', StringSplitOptions.RemoveEmptyEntries);

    public static string NameOf(this ClaimsPrincipal who) =>
        who.FindFirstValue(ClaimTypes.Name) ?? who.FindFirstValue(ServiceClaim) ?? who.FindFirstValue(DeviceClaim) ?? "nobody";

    public static string? AgentId(this ClaimsPrincipal who) => who.FindFirstValue(AgentClaim);

    public static string? DeviceId(this ClaimsPrincipal who) => who.FindFirstValue(DeviceClaim);
}
