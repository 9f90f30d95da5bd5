using System.Net.WebSockets;
using System.Security.Claims;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Tandem.WebServices.Composition;
using Tandem.WebServices.Desks;
using Tandem.WebServices.Problems;
using Tandem.WebServices.Users;

namespace Tandem.WebServices.Desktop;

/// <summary>A WebSocket that sends the agent's state at once and at each change.</summary>
internal static class Notifications
{
    public static void MapNotifications(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v2/notifications", ServeAsync).RequireAuthorization(Policies.User).ExcludeFromDescription();

    private static async Task ServeAsync(HttpContext context, StateViews views, DeskWatchers watchers, IHostApplicationLifetime lifetime)
    {
        if (!context.WebSockets.IsWebSocketRequest || context.User.AgentId() is not { } agentId)
        {
            await Problem.Of(ProblemCode.InvalidRequest, "This address takes WebSockets of agents only.").ExecuteAsync(context);
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        using var watching = watchers.Watch(agentId, out var signals);
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        var listening = SocketEnd.WaitAsync(socket, gone);
        try
        {
            await SendAsync(socket, views, agentId, signals, gone.Token);
        }
        catch (Exception failure) when (failure is WebSocketException or OperationCanceledException)
        {
            socket.Abort();
        }

        await listening;
    }

    private static async Task SendAsync(
        WebSocket socket, StateViews views, string agentId, ChannelReader<bool> signals, CancellationToken stop)
    {
        byte[] last = [];
        do
        {
            var text = JsonSerializer.SerializeToUtf8Bytes(views.Of(agentId), WebJson.Default.AgentStateView);
            if (!text.AsSpan().SequenceEqual(last))
            {
                await socket.SendAsync(text.AsMemory(), WebSocketMessageType.Text, true, stop);
                last = text;
            }
        }
        while (await signals.ReadAsync(stop));
    }
}
