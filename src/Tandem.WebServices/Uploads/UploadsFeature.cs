using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tandem.Hosting;
using Tandem.Safekeeping.Uploading;
using Tandem.WebServices.Users;

namespace Tandem.WebServices.Uploads;

/// <summary>The tus 1.0 upload server.</summary>
internal static class UploadsFeature
{
    public static IServiceCollection AddUploads(this IServiceCollection services) => services
        .AddSingleton(provider => UploadShelf.Open(
            Path.Combine(provider.GetRequiredService<RoleContext>().DataFolder, "uploads"),
            provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<UploadKeeper>()
        .AddSingleton<UploadAppender>()
        .AddSingleton<UploadEndpoints>()
        .AddSingleton<IHostedService, UploadStart>();

    public static void MapUploads(this IEndpointRouteBuilder routes)
    {
        var endpoints = routes.ServiceProvider.GetRequiredService<UploadEndpoints>();
        routes.MapMethods(TusHeaders.UploadsPath, ["OPTIONS"], (HttpContext http) => UploadEndpoints.Options(http)).AllowAnonymous();
        var uploads = routes.MapGroup(TusHeaders.UploadsPath).AddEndpointFilter<TusFilter>()
            .RequireAuthorization(Policies.Ingest).ExcludeFromDescription();
        uploads.MapPost("", (HttpContext http) => endpoints.Create(http));
        uploads.MapMethods("{id}", ["HEAD"], (HttpContext http, string id, CancellationToken stop) => endpoints.HeadAsync(http, id, stop));
        uploads.MapMethods("{id}", ["PATCH"], (HttpContext http, string id, CancellationToken stop) => endpoints.PatchAsync(http, id, stop));
        uploads.MapMethods("{id}", ["DELETE"], (HttpContext http, string id, CancellationToken stop) => endpoints.DeleteAsync(http, id, stop));
    }
}
