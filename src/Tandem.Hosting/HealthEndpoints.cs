using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Tandem.Hosting;

/// <summary><c>/health/live</c> (the process answers) and <c>/health/ready</c> (it can do its work).</summary>
public static class HealthEndpoints
{
    /// <param name="notReady">Sentences saying what is wrong; none: ready. Ready answers 200 <c>ready</c>, else 503 with
    /// one sentence a line.</param>
    public static void MapHealth(this IEndpointRouteBuilder routes, Func<IReadOnlyList<string>> notReady)
    {
        routes.MapGet("/health/live", () => Results.Text("live"));
        routes.MapGet("/health/ready", () => notReady() is { Count: > 0 } problems
            ? Results.Text(string.Join('\n', problems), statusCode: StatusCodes.Status503ServiceUnavailable)
            : Results.Text("ready"));
    }
}
