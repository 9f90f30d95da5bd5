using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Tandem.WebServices.Uploads;

/// <summary>The tus 1.0 upload server.</summary>
internal static class UploadsFeature
{
    public static IServiceCollection AddUploads(this IServiceCollection services) => services;

    public static void MapUploads(this IEndpointRouteBuilder routes) => _ = routes;
}
