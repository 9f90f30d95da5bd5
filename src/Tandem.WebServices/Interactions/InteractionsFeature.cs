using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tandem.WebServices.Problems;
using Tandem.WebServices.Users;

namespace Tandem.WebServices.Interactions;

/// <summary>Calls and other work with what was recorded of them.</summary>
internal static class InteractionsFeature
{
    private const int UsualPage = 50;

    public static IServiceCollection AddInteractions(this IServiceCollection services) =>
        services.AddSingleton<InteractionReader>().AddSingleton<CallHistory>();

    public static void MapInteractions(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v2/interactions", ListAsync).RequireAuthorization(Policies.Supervisor).Produces<InteractionPage>();
        routes.MapGet("/api/v2/interactions/{callUuid}", FindAsync).RequireAuthorization(Policies.Supervisor).Produces<InteractionView>();
    }

    private static async Task<IResult> ListAsync(
        int? limit, string? cursor, string? agentId, string? dn, string? from, string? to, string? callUuid, string? label,
        InteractionReader reader, CancellationToken stop)
    {
        var query = new InteractionQuery(limit ?? UsualPage, cursor, agentId, dn, from, to, callUuid, label);
        return query.Fault() is { } fault
            ? Problem.Of(ProblemCode.InvalidRequest, fault)
            : TypedResults.Ok(await reader.ListAsync(query, stop));
    }

    private static async Task<IResult> FindAsync(string callUuid, InteractionReader reader, CancellationToken stop) =>
        await reader.FindAsync(callUuid, stop) is { } found
            ? TypedResults.Ok(found)
            : Problem.Of(ProblemCode.NotFound, $"There is no interaction {callUuid}.");
}
