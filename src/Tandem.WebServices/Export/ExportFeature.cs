using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tandem.WebServices.Audit;
using Tandem.WebServices.Problems;
using Tandem.WebServices.Users;

namespace Tandem.WebServices.Export;

/// <summary>An interaction as one file for others.</summary>
internal static class ExportFeature
{
    public static IServiceCollection AddExport(this IServiceCollection services) => services.AddSingleton<InteractionExport>();

    public static void MapExport(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v2/interactions/{callUuid}/export.mp4", MakeAsync).RequireAuthorization(Policies.Supervisor);

    private static async Task<IResult> MakeAsync(
        string callUuid, string? agentId, InteractionExport export, AuditLog audit, ClaimsPrincipal who, CancellationToken stop)
    {
        var (file, problem) = await export.MakeAsync(callUuid, agentId, stop);
        if (file is null)
        {
            return Problem.Of(ProblemCode.NoMediaYet, problem!);
        }

        await audit.AppendAsync(who.NameOf(), AuditActions.Exported, callUuid, agentId ?? "", stop);
        return TypedResults.Stream(file, "video/mp4", $"{callUuid}.mp4");
    }
}
