using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Tandem.Hosting;

/// <summary>The small HTTP listener of a role that is not a web server: routes, WebSockets that are kept alive, health.</summary>
public static class RoleListener
{
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <param name="port">0 picks a free one.</param>
    /// <param name="option">How the configuration names the port.</param>
    /// <param name="map">Adds the role's own routes.</param>
    /// <exception cref="OptionsException">The port cannot be listened on.</exception>
    public static async Task<WebApplication> StartAsync(
        RoleContext context, int port, string option, Action<WebApplication> map, CancellationToken stop)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(context.Listen, port);
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(context.Loggers);
        builder.Services.AddSingleton(typeof(ILogger<>), typeof(Logger<>));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Patience);
        var app = builder.Build();
        app.UseRouting();
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = KeepAlive });
        app.MapHealth(() => []);
        map(app);
        try
        {
            await app.StartAsync(stop);
        }
        catch (IOException failure)
        {
            await app.DisposeAsync();
            throw new OptionsException(
                $"{option} {port} on {context.Listen} cannot be listened on: {(failure.InnerException ?? failure).Message}", failure);
        }

        return app;
    }
}
