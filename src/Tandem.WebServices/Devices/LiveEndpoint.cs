using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Tandem.Contracts;
using Tandem.WebServices.Desks;
using Tandem.WebServices.Problems;
using Tandem.WebServices.Users;

namespace Tandem.WebServices.Devices;

/// <summary>The WebSocket on which a PC sends its screen while somebody watches.</summary>
internal sealed class LiveEndpoint(DeskRoster roster, LiveRelays relays, IHostApplicationLifetime lifetime)
{
    private const int LargestMessage = 16 << 20;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v2/srs/live", (HttpContext context, LiveEndpoint endpoint) => endpoint.ServeAsync(context))
            .RequireAuthorization(Policies.Device).ExcludeFromDescription();

    private async Task ServeAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest || roster.ByDevice(context.User.DeviceId()!) is not { Watched: true } desk)
        {
            await Problem.Of(ProblemCode.InvalidRequest, "Nobody watches this screen, or no WebSocket was asked for.").ExecuteAsync(context);
            return;
        }

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var relay = relays.Of(desk.AgentId);
        try
        {
            await ReceiveAsync(socket, relay, ending.Token);
        }
        catch (Exception failure) when (failure is WebSocketException or OperationCanceledException or JsonException)
        {
            socket.Abort();
        }
        finally
        {
            relay.End();
        }
    }

    private static async Task ReceiveAsync(WebSocket socket, LiveRelay relay, CancellationToken stop)
    {
        var buffer = new byte[64 << 10];
        var message = new MemoryStream();
        while (message.Length < LargestMessage)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(), stop);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, stop);
                return;
            }

            message.Write(buffer, 0, part.Count);
            if (!part.EndOfMessage)
            {
                continue;
            }

            if (part.MessageType == WebSocketMessageType.Text)
            {
                var said = message.ToArray();
                relay.Begin(said, JsonSerializer.Deserialize(said, ContractsJson.Default.LivePart)?.Tracks is { Count: > 0 });
            }
            else
            {
                relay.Take(message.ToArray());
            }

            message.SetLength(0);
        }
    }
}
