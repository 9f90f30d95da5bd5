using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tandem.Contracts.Srs;
using Tandem.Recordings;
using Tandem.WebServices.Desks;
using Tandem.WebServices.Problems;
using Tandem.WebServices.Users;

namespace Tandem.WebServices.Devices;

/// <summary>The WebSocket that SRS opens: desired state down, actual state, clock and health up.</summary>
internal sealed partial class SocketEndpoint(
    DeviceSockets sockets, DeviceHealths healths, Outbox outbox, DeskDirector director, DeskRoster roster, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<SocketEndpoint> log)
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v2/srs", (HttpContext context, SocketEndpoint endpoint) => endpoint.ServeAsync(context))
            .RequireAuthorization(Policies.Device).ExcludeFromDescription();

    private async Task ServeAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            await Problem.Of(ProblemCode.InvalidRequest, "This address takes WebSockets only.").ExecuteAsync(context);
            return;
        }

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        var stop = ending.Token;
        using var socket = await context.WebSockets.AcceptWebSocketAsync(
            new WebSocketAcceptContext { KeepAliveInterval = TimeSpan.FromSeconds(10), KeepAliveTimeout = TimeSpan.FromSeconds(20) });
        using var device = new DeviceSocket(context.User.DeviceId()!, socket);
        sockets.Add(device);
        LogConnected(log, device.DeviceId);
        try
        {
            if (await outbox.NewestAsync(device.DeviceId, stop) is { } desired)
            {
                // Who watches now, and not who did when it was stored.
                var live = roster.ByDevice(device.DeviceId)?.Watched == true;
                await device.SendAsync(new SrsMessage { Desired = desired with { Live = live } }, stop);
            }

            while (await device.ReceiveAsync(stop) is { } message)
            {
                await TakeAsync(device, message, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            LogAborted(log, device.DeviceId);
        }
        finally
        {
            sockets.Remove(device);
            LogGone(log, device.DeviceId);
        }
    }

    private Task TakeAsync(DeviceSocket device, SrsMessage message, CancellationToken stop)
    {
        if (message.Clock is { } clock)
        {
            var nowUs = time.NowMicros();
            return device.SendAsync(new SrsMessage { Clock = clock with { ReceiveUs = nowUs, TransmitUs = time.NowMicros() } }, stop);
        }

        healths.Take(device.DeviceId, message);
        if (message.Health is { Problem: { } problem })
        {
            LogHealth(log, device.DeviceId, problem);
        }

        return message.Actual is { } actual ? director.ReportedAsync(device.DeviceId, actual, stop) : Task.CompletedTask;
    }

    [LoggerMessage(6030, LogLevel.Information, "Device {Device} connected")]
    private static partial void LogConnected(ILogger log, string device);

    [LoggerMessage(6031, LogLevel.Information, "Device {Device} is gone")]
    private static partial void LogGone(ILogger log, string device);

    [LoggerMessage(6032, LogLevel.Debug, "The connection of device {Device} was aborted")]
    private static partial void LogAborted(ILogger log, string device);

    [LoggerMessage(6033, LogLevel.Warning, "Device {Device} reports: {Problem}")]
    private static partial void LogHealth(ILogger log, string device, string problem);
}
