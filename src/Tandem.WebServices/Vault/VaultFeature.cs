using Microsoft.Extensions.DependencyInjection;
using Tandem.Hosting;

namespace Tandem.WebServices.Vault;

/// <summary>The recording storage location.</summary>
internal static class VaultFeature
{
    public static IServiceCollection AddVault(this IServiceCollection services) => services
        .AddSingleton(provider => new FileVault(
            Path.Combine(provider.GetRequiredService<RoleContext>().DataFolder, "vault")))
        .AddSingleton<IVault>(provider => provider.GetRequiredService<FileVault>())
        .AddSingleton<IMediaStreams, MediaStreams>()
        .AddSingleton<IRecordingKeeper, RecordingKeeper>();
}
