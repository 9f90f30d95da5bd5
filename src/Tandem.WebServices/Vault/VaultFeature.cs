using Microsoft.Extensions.DependencyInjection;

namespace Tandem.WebServices.Vault;

/// <summary>The recording storage location.</summary>
internal static class VaultFeature
{
    public static IServiceCollection AddVault(this IServiceCollection services) => services;
}
