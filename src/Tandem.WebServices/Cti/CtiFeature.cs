using Microsoft.Extensions.DependencyInjection;

namespace Tandem.WebServices.Cti;

internal static class CtiFeature
{
    public static IServiceCollection AddCti(this IServiceCollection services) => services
        .AddSingleton<CtiLinks>()
        .AddHostedService(provider => provider.GetRequiredService<CtiLinks>());
}
