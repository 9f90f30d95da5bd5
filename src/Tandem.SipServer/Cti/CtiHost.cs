using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tandem.Hosting;
using Tandem.SipServer.Configuration;

namespace Tandem.SipServer.Cti;

/// <summary>The HTTP listener of this role: CTI WebSocket, configuration endpoints, health.</summary>
internal static class CtiHost
{
    public static async Task<WebApplication> StartAsync(
        RoleContext context, SipServerOptions options, CtiDesk desk, ConfigurationStore configuration, Action<string> dnChanged,
        CancellationToken stop)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(context.Listen, options.CtiPort);
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(context.Loggers);
        builder.Services.AddSingleton(typeof(ILogger<>), typeof(Logger<>));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));
        var app = builder.Build();
        app.UseRouting();
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.FromSeconds(15) });
        var log = context.Loggers.CreateLogger("Tandem.SipServer.Cti");
        app.MapHealth(() => []);
        app.Map("/cti/v1", http => ServeAsync(http, options, desk, app.Lifetime, log));
        ConfigurationEndpoints.Map(app, configuration, dnChanged, http => Client(http, options) is { Admin: true });
        try
        {
            await app.StartAsync(stop);
        }
        catch (IOException failure) when (failure.InnerException is not null)
        {
            await app.DisposeAsync();
            throw new OptionsException(
                $"ctiPort {options.CtiPort} on {context.Listen} cannot be listened on: {failure.InnerException.Message}", failure);
        }

        return app;
    }

    /// <summary>The client whose token the request bears, compared in constant time; null: none.</summary>
    private static CtiClientOptions? Client(HttpContext http, SipServerOptions options)
    {
        var header = http.Request.Headers.Authorization.ToString();
        if (!header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)) return null;
        var token = SHA256.HashData(Encoding.UTF8.GetBytes(header["Bearer ".Length..].Trim()));
        CtiClientOptions? found = null;
        foreach (var client in options.CtiClients)
        {
            if (CryptographicOperations.FixedTimeEquals(token, SHA256.HashData(Encoding.UTF8.GetBytes(client.Token))))
                found = client;
        }

        return found;
    }

    private static async Task ServeAsync(
        HttpContext http, SipServerOptions options, CtiDesk desk, IHostApplicationLifetime lifetime, ILogger log)
    {
        if (Client(http, options) is not { } client)
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            http.Response.Headers.WWWAuthenticate = "Bearer";
            return;
        }

        if (!http.WebSockets.IsWebSocketRequest)
        {
            http.Response.StatusCode = StatusCodes.Status426UpgradeRequired;
            return;
        }

        using var socket = await http.WebSockets.AcceptWebSocketAsync();
        using var connection = new CtiConnection(socket, client, desk, log);
        await connection.ServeAsync(lifetime.ApplicationStopping);
    }
}
