using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Tandem.Hosting;
using Tandem.SipServer.Configuration;

namespace Tandem.SipServer.Cti;

/// <summary>The HTTP listener of this role: CTI WebSocket, configuration endpoints, health.</summary>
internal static class CtiHost
{
    public static Task<WebApplication> StartAsync(
        RoleContext context, SipServerOptions options, CtiDesk desk, ConfigurationStore configuration, Action<string> dnChanged,
        CancellationToken stop)
    {
        var log = context.Loggers.CreateLogger("Tandem.SipServer.Cti");
        return RoleListener.StartAsync(
            context, options.CtiPort, "ctiPort",
            app =>
            {
                app.Map("/cti/v1", http => BearerTokens.AcceptAsync(http, options.CtiClients, client => client.Token, async (socket, client) =>
                {
                    using var connection = new CtiConnection(socket, client, desk, log);
                    await connection.ServeAsync(app.Lifetime.ApplicationStopping);
                }));
                ConfigurationEndpoints.Map(
                    app, configuration, dnChanged,
                    http => BearerTokens.Find(http.Request, options.CtiClients, client => client.Token) is { Admin: true });
            },
            stop);
    }
}
