using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Tandem.WebServices.Users;

/// <summary>Who may do what: users, sessions, credentials, policies.</summary>
internal static class UsersFeature
{
    public static IServiceCollection AddUsers(this IServiceCollection services)
    {
        services.AddSingleton<PasswordCheck>().AddSingleton<UserSessions>().AddSingleton<FirstAdministrator>();
        services.AddSingleton<ICredential, SessionCredential>()
            .AddSingleton<ICredential, BasicCredential>()
            .AddSingleton<ICredential, ServiceCredential>();
        services.AddAuthentication(Person.Scheme)
            .AddScheme<AuthenticationSchemeOptions, CredentialHandler>(Person.Scheme, null);
        services.AddAuthorization(options =>
        {
            options.AddPolicy(Policies.User, Role("agent", Policies.Supervisor, Policies.Administrator));
            options.AddPolicy(Policies.Supervisor, Role(Policies.Supervisor, Policies.Administrator));
            options.AddPolicy(Policies.Administrator, Role(Policies.Administrator));
            options.AddPolicy(Policies.Device, policy => policy.RequireClaim(Person.DeviceClaim));
            options.AddPolicy(Policies.Ingest, policy => policy.RequireAssertion(
                context => context.User.HasClaim(claim => claim.Type is Person.DeviceClaim or Person.ServiceClaim)));
        });
        return services;
    }

    public static void UseUsers(this WebApplication app)
    {
        app.UseAuthentication();
        app.UseMiddleware<CsrfMiddleware>();
        app.UseAuthorization();
    }

    private static Action<AuthorizationPolicyBuilder> Role(params string[] roles) => policy => policy.RequireRole(roles);
}
