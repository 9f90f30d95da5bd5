using Microsoft.Extensions.DependencyInjection;

namespace Tandem.WebServices.Agents;

internal static class AgentsFeature
{
    public static IServiceCollection AddAgents(this IServiceCollection services) => services.AddSingleton<AgentDirectory>();
}
