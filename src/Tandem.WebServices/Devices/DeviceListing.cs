using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tandem.WebServices.Desks;
using Tandem.WebServices.Store;
using Tandem.WebServices.Users;

namespace Tandem.WebServices.Devices;

/// <summary>Which PCs are enrolled and which are connected now.</summary>
internal static class DeviceListing
{
    public static void MapDeviceListing(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v2/srs/devices", ListAsync).RequireAuthorization(Policies.Supervisor);

    private static async Task<Ok<DeviceList>> ListAsync(
        DataStore store, DeviceSockets sockets, DeviceHealths healths, DeskRoster roster, CancellationToken stop)
    {
        var rows = await store.ReadAsync(db => db.Set<Device>().OrderBy(row => row.HostName).ToListAsync(stop), stop);
        return TypedResults.Ok(new DeviceList(rows.ConvertAll(row =>
        {
            var desk = roster.ByDevice(row.DeviceId);
            var (hello, health) = healths.Of(row.DeviceId);
            return new DeviceView(
                row.DeviceId, hello?.HostName ?? row.HostName, hello?.Version ?? row.SoftwareVersion, sockets.Connected(row.DeviceId), desk?.AgentId,
                desk?.Actual?.Problem ?? health?.Problem, hello?.Platform, health);
        })));
    }
}
