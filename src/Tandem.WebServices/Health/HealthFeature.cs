using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tandem.WebServices.Store;

namespace Tandem.WebServices.Health;

internal static class HealthFeature
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => TypedResults.Text("live")).AllowAnonymous();
        routes.MapGet("/health/ready", ReadyAsync).AllowAnonymous();
    }

    private static async Task<IResult> ReadyAsync(DataStore store, CancellationToken stop)
    {
        var reachable = await store.ReadAsync(db => db.Database.CanConnectAsync(stop), stop);
        return reachable
            ? TypedResults.Text("ready")
            : TypedResults.Text("the database does not answer", statusCode: StatusCodes.Status503ServiceUnavailable);
    }
}
