using Microsoft.Extensions.DependencyInjection;
using Tandem.Hosting;
using Tandem.Recordings.Policy;
using Tandem.WebServices.Agents;
using Tandem.WebServices.Desks;
using Tandem.WebServices.Users;

namespace Tandem.WebServices.Composition;

/// <summary>What must be true before the first request.</summary>
internal static class Startup
{
    /// <exception cref="OptionsException">The cluster's policy cannot be read.</exception>
    public static async Task PrepareAsync(IServiceProvider services, CancellationToken stop)
    {
        var options = services.GetRequiredService<WebServicesOptions>();
        if (!PolicyParser.TryParse(options.Screen.RecordingWhen, out _, out var problem))
        {
            throw new OptionsException($"web: Screen: {problem}");
        }

        await services.GetRequiredService<FirstAdministrator>().EnsureAsync(stop);
        await services.GetRequiredService<AgentDirectory>().ReloadAsync(stop);
        await services.GetRequiredService<DeskRoster>().LoadAsync(stop);
        await services.GetRequiredService<WarmUp>().RunAsync(stop);
    }
}
