using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tandem.ScreenRecordingService.Service;

namespace Tandem.ScreenRecordingService.LocalApi;

/// <summary>The listener of the local API: loopback only, small bodies only.</summary>
internal sealed class LocalServer(WebApplication application, int port) : IAsyncDisposable
{
    private const int MaximumBodyBytes = 16 << 10;

    public Uri Address { get; } = new($"http://127.0.0.1:{port}");

    /// <exception cref="ServiceException">The port is in use.</exception>
    public static async Task<LocalServer> StartAsync(
        ServiceOptions options, PeerGuard peers, LoginEndpoints login, TandemEndpoints own, TimeProvider time, ILoggerProvider logging)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.AddProvider(logging).SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddRouting();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, options.Port));
        var application = builder.Build();
        var guard = new OriginGuard(options);
        application.Use((context, next) => guard.InvokeAsync(context, next, time));
        application.Use((context, next) => peers.InvokeAsync(context, next));
        application.UseRouting();
        login.Map(application);
        own.Map(application);
        try
        {
            await application.StartAsync();
        }
        catch (IOException e)
        {
            await application.DisposeAsync();
            throw new ServiceException($"Port {options.Port} of 127.0.0.1 cannot be listened on: {e.InnerException?.Message ?? e.Message}.");
        }
        var addresses = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        var port = new Uri(addresses.First()).Port;
        guard.ListensOn(port);
        return new LocalServer(application, port);
    }

    public async ValueTask DisposeAsync()
    {
        await application.StopAsync();
        await application.DisposeAsync();
    }

    private static void Configure(KestrelServerOptions kestrel, int port)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = MaximumBodyBytes;
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 << 10;
        kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http1);
        // Any free port is free on one family only.
        if (port != 0 && System.Net.Sockets.Socket.OSSupportsIPv6)
            kestrel.Listen(IPAddress.IPv6Loopback, port, listen => listen.Protocols = HttpProtocols.Http1);
    }
}
