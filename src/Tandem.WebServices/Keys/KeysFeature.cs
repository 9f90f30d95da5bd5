using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Tandem.WebServices.Keys;

/// <summary>The key table and ingest certificate.</summary>
internal static class KeysFeature
{
    public static IServiceCollection AddKeys(this IServiceCollection services) => services;

    public static void MapKeys(this IEndpointRouteBuilder routes) => _ = routes;
}
