using System.Net;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Tandem.ScreenRecordingService.Service;
using Tandem.ScreenRecordingService.Worker;

namespace Tandem.ScreenRecordingService.LocalApi;

/// <summary>Only processes of a user whose screen this service records, of the service's own user, and root may call: on a
/// machine with several sessions the port is everybody's, the recorder is not.</summary>
internal sealed class PeerGuard(WorkerGate workers)
{
    private static readonly object Key = new();

    /// <summary>Who calls; null where this system does not tell.</summary>
    public static uint? UserIdOf(HttpContext context) => Items(context).TryGetValue(Key, out var known) ? (uint?)known : null;

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (IsWelcome(Look(context)))
            await next(context);
        else
            await LocalAnswers.ProblemAsync(context, StatusCodes.Status403Forbidden, "No screen recorder runs in your session.");
    }

    private bool IsWelcome(uint? userId) =>
        userId is { } user && (user == 0 || user == PeerIdentity.OwnUserId || workers.HasWorkerOf(user));

    /// <summary>Once per connection.</summary>
    private static uint? Look(HttpContext context)
    {
        var items = Items(context);
        if (!items.TryGetValue(Key, out var known))
        {
            var connection = context.Connection;
            items[Key] = known = LocalPeer.UserIdOf(
                new IPEndPoint(connection.LocalIpAddress!, connection.LocalPort), new IPEndPoint(connection.RemoteIpAddress!, connection.RemotePort));
        }
        return (uint?)known;
    }

    private static IDictionary<object, object?> Items(HttpContext context) => context.Features.Get<IConnectionItemsFeature>()!.Items;
}
