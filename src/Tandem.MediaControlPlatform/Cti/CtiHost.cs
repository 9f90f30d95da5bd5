using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tandem.Hosting;

namespace Tandem.MediaControlPlatform.Cti;

/// <summary>The listener of <c>/cti/v1</c>: the same socket that SIP Server offers, for the calls that come by SIPREC.</summary>
internal sealed class CtiHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private CtiHost(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First());

    /// <exception cref="OptionsException">The port is taken.</exception>
    public static CtiHost Start(RoleContext context, McpOptions options, CtiDesk desk)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(context.Listen, options.CtiPort));
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(context.Loggers);
        builder.Services.AddSingleton(typeof(ILogger<>), typeof(Logger<>));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));
        var app = builder.Build();
        app.UseRouting();
        app.UseWebSockets();
        app.MapHealth(() => []);
        app.Map("/cti/v1", http => ServeAsync(http, options, desk));
        try
        {
            app.StartAsync().GetAwaiter().GetResult();
        }
        catch (IOException taken)
        {
            throw new OptionsException($"mcp: ctiPort {options.CtiPort} of {context.Listen} cannot be used: {taken.Message}", taken);
        }
        return new CtiHost(app);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static async Task ServeAsync(HttpContext http, McpOptions options, CtiDesk desk)
    {
        if (!http.WebSockets.IsWebSocketRequest)
            http.Response.StatusCode = StatusCodes.Status426UpgradeRequired;
        else if (!IsKnown(http.Request.Headers.Authorization.ToString(), options))
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
        else
        {
            using var socket = await http.WebSockets.AcceptWebSocketAsync();
            try
            {
                await new CtiFollower(socket, desk).RunAsync(http.RequestAborted);
            }
            catch (Exception gone) when (gone is WebSocketException or OperationCanceledException or JsonException)
            {
                socket.Abort();
            }
        }
    }

    private static bool IsKnown(string authorization, McpOptions options)
    {
        const string Bearer = "Bearer ";
        if (!authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
            return false;
        var given = Encoding.UTF8.GetBytes(authorization[Bearer.Length..]);
        return options.CtiClients.Any(client =>
            CryptographicOperations.FixedTimeEquals(given, Encoding.UTF8.GetBytes(client.Token)));
    }
}
