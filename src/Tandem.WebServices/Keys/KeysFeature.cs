using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tandem.Hosting;

namespace Tandem.WebServices.Keys;

/// <summary>The key table and ingest certificate.</summary>
internal static class KeysFeature
{
    public static IServiceCollection AddKeys(this IServiceCollection services) => services
        .AddSingleton(provider => KeyRing.OpenOrCreate(
            Path.Combine(provider.GetRequiredService<RoleContext>().DataFolder, "keys"),
            provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<IIngestCertificate>(provider => provider.GetRequiredService<KeyRing>())
        .AddSingleton<KeyTable>();

    public static void MapKeys(this IEndpointRouteBuilder routes)
    {
        // Made now, so that a folder that cannot be written stops the start.
        var pem = routes.ServiceProvider.GetRequiredService<IIngestCertificate>().Pem;
        routes.MapGet("/api/v2/ingest-certificate", () => TypedResults.Text(pem, "application/x-pem-file"))
            .AllowAnonymous()
            .WithSummary("The certificate to which recorders wrap stream keys, PEM");
    }
}
