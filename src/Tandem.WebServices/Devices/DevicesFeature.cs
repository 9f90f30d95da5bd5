using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tandem.WebServices.Users;

namespace Tandem.WebServices.Devices;

/// <summary>Agent PCs with SRS.</summary>
internal static class DevicesFeature
{
    public static IServiceCollection AddDevices(this IServiceCollection services) => services
        .AddSingleton<ICredential, DeviceCredential>()
        .AddSingleton<DeviceRegistry>()
        .AddSingleton<DeviceSockets>()
        .AddSingleton<DeviceHealths>()
        .AddSingleton<LiveEndpoint>()
        .AddSingleton<Outbox>()
        .AddSingleton<PairingTokens>()
        .AddSingleton<SocketEndpoint>();

    public static void MapDevices(this IEndpointRouteBuilder routes)
    {
        routes.MapEnrolment();
        routes.MapDeviceSignIn();
        routes.MapDeviceListing();
        SocketEndpoint.Map(routes);
        LiveEndpoint.Map(routes);
    }
}
