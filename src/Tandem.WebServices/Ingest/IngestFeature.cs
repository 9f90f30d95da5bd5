using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tandem.Contracts.Media;
using Tandem.WebServices.Composition;
using Tandem.WebServices.Problems;
using Tandem.WebServices.Store;
using Tandem.WebServices.Users;

namespace Tandem.WebServices.Ingest;

/// <summary>Metadata from MCP and SRS; a 2xx means it is stored, whether or not the streams are here yet.</summary>
internal static class IngestFeature
{
    public static IServiceCollection AddIngest(this IServiceCollection services) => services
        .AddSingleton<ReportIntake>()
        .AddSingleton<IStoredStreamObserver>(provider => provider.GetRequiredService<ReportIntake>());

    public static void MapIngest(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/internal-api/contact-centers/{ccid}/recordings", VoiceAsync).RequireAuthorization(Policies.Ingest);
        routes.MapPost("/internal-api/contact-centers/{ccid}/screen-recordings", ScreenAsync).RequireAuthorization(Policies.Ingest);
    }

    private static async Task<IResult> VoiceAsync(
        string ccid, VoiceSegmentReport report, ClaimsPrincipal who, WebServicesOptions options,
        DataStore store, ReportIntake intake, CancellationToken stop)
    {
        if (ccid != options.ContactCenterId)
        {
            return Problem.Of(ProblemCode.NotFound, $"The contact centre {ccid} is not here.");
        }

        if (who.DeviceId() is not null)
        {
            return Problem.Of(ProblemCode.Forbidden, "Voice comes from an MCP, not from a PC.");
        }

        await store.WriteAsync(db => intake.TakeAsync(db, report, stop), stop);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> ScreenAsync(
        string ccid, ScreenCaptureReport report, ClaimsPrincipal who, WebServicesOptions options,
        DataStore store, ReportIntake intake, CancellationToken stop)
    {
        if (ccid != options.ContactCenterId)
        {
            return Problem.Of(ProblemCode.NotFound, $"The contact centre {ccid} is not here.");
        }

        if (who.DeviceId() is { } device && device != report.DeviceId)
        {
            return Problem.Of(ProblemCode.Forbidden, "deviceId: a PC reports only its own captures.");
        }

        await store.WriteAsync(db => intake.TakeAsync(db, report, stop), stop);
        return TypedResults.NoContent();
    }
}
