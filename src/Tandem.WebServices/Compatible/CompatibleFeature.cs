using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tandem.WebServices.Users;

namespace Tandem.WebServices.Compatible;

/// <summary>The resources of Genesys' Interaction Recording Web Services.</summary>
internal static class CompatibleFeature
{
    public static IServiceCollection AddCompatible(this IServiceCollection services) => services.AddSingleton<RecordingViews>();

    public static void MapCompatible(this IEndpointRouteBuilder routes)
    {
        routes.MapRecordings();
        routes.MapLabels();
        routes.MapGet("/api/v2/diagnostics/version", () => new VersionReply(0, typeof(CompatibleFeature).Assembly.GetName().Version!.ToString(3)))
            .RequireAuthorization(Policies.User);
    }
}
