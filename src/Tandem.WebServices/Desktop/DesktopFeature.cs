using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Tandem.WebServices.Desktop;

/// <summary>What an agent's desktop calls.</summary>
internal static class DesktopFeature
{
    public static IServiceCollection AddDesktop(this IServiceCollection services) =>
        services.AddSingleton<StateViews>().AddSingleton<RecordingControl>();

    public static void MapDesktop(this IEndpointRouteBuilder routes)
    {
        routes.MapMe();
        routes.MapCalls();
        routes.MapNotifications();
    }
}
