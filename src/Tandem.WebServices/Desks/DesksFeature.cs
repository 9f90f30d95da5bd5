using Microsoft.Extensions.DependencyInjection;
using Tandem.WebServices.Cti;

namespace Tandem.WebServices.Desks;

/// <summary>The agents at work and their screens.</summary>
internal static class DesksFeature
{
    public static IServiceCollection AddDesks(this IServiceCollection services) => services
        .AddSingleton<DeskRoster>()
        .AddSingleton<DeskPlanner>()
        .AddSingleton<DeskWriter>()
        .AddSingleton<DeskWatchers>()
        .AddSingleton<LiveRelays>()
        .AddSingleton<LiveWatching>()
        .AddSingleton<WarmUp>()
        .AddSingleton<DeskDirector>()
        .AddSingleton<ICtiListener>(provider => provider.GetRequiredService<DeskDirector>())
        .AddHostedService<DeskClock>();
}
