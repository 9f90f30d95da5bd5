using System.Net.WebSockets;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Tandem.WebServices.Agents;
using Tandem.WebServices.Audit;
using Tandem.WebServices.Problems;
using Tandem.WebServices.Users;

namespace Tandem.WebServices.Desks;

/// <summary>A supervisor watches an agent's screen while it is recorded. The agent is told, and the audit trail says who
/// watched from when to when.</summary>
internal sealed class LiveWatching(
    AgentDirectory directory, LiveRelays relays, DeskDirector director, AuditLog audit, IHostApplicationLifetime lifetime)
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet(
                "/api/v2/agents/{agentId}/screen/live",
                (string agentId, HttpContext context, LiveWatching watching) => watching.ServeAsync(agentId, context))
            .RequireAuthorization(Policies.Supervisor).ExcludeFromDescription();

    private async Task ServeAsync(string agentId, HttpContext context)
    {
        if (directory.ById(agentId) is null)
        {
            await Problem.Of(ProblemCode.NotFound, $"There is no agent {agentId}.").ExecuteAsync(context);
            return;
        }

        if (!context.WebSockets.IsWebSocketRequest)
        {
            await Problem.Of(ProblemCode.InvalidRequest, "This address takes WebSockets only.").ExecuteAsync(context);
            return;
        }

        // Before the first picture: who may not be written down does not watch.
        await audit.AppendAsync(context.User.NameOf(), AuditActions.LiveWatched, agentId, "", context.RequestAborted);
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        var relay = relays.Of(agentId);
        var watcher = relay.Join();
        var listening = SocketEnd.WaitAsync(socket, gone);
        try
        {
            await director.WatchAsync(agentId, true, gone.Token);
            await SendAsync(socket, watcher.Reader, gone.Token);
        }
        catch (Exception failure) when (failure is WebSocketException or OperationCanceledException)
        {
            // The watcher went; what remains is to write it down.
        }
        finally
        {
            await gone.CancelAsync();
            await listening;
            if (socket.State == WebSocketState.CloseReceived)
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
            }

            if (relay.Leave(watcher))
            {
                await director.WatchAsync(agentId, false, CancellationToken.None);
            }

            await audit.AppendAsync(context.User.NameOf(), AuditActions.LiveEnded, agentId, "", CancellationToken.None);
        }
    }

    private static async Task SendAsync(WebSocket socket, ChannelReader<LiveMessage> messages, CancellationToken stop)
    {
        await foreach (var message in messages.ReadAllAsync(stop))
        {
            await socket.SendAsync(message.Bytes, message.IsText ? WebSocketMessageType.Text : WebSocketMessageType.Binary, true, stop);
        }

        await socket.CloseOutputAsync(WebSocketCloseStatus.PolicyViolation, "too slow", stop);
    }
}
