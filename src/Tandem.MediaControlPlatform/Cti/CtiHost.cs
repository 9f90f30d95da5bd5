using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Tandem.Hosting;

namespace Tandem.MediaControlPlatform.Cti;

/// <summary>The listener of <c>/cti/v1</c>: the same socket that SIP Server offers, for the calls that come by SIPREC.</summary>
internal static class CtiHost
{
    /// <exception cref="OptionsException">The port is taken.</exception>
    public static Task<WebApplication> StartAsync(RoleContext context, McpOptions options, CtiDesk desk, CancellationToken stop) =>
        RoleListener.StartAsync(
            context, options.CtiPort, "mcp: ctiPort",
            app => app.Map("/cti/v1", http => BearerTokens.AcceptAsync(
                http, options.CtiClients, client => client.Token, (socket, _) => FollowAsync(socket, desk, app.Lifetime.ApplicationStopping))),
            stop);

    private static async Task FollowAsync(WebSocket socket, CtiDesk desk, CancellationToken stop)
    {
        try
        {
            await new CtiFollower(socket, desk).RunAsync(stop);
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException or JsonException)
        {
            socket.Abort();
        }
    }
}
