using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tandem.WebServices.Interactions;
using Tandem.WebServices.Problems;
using Tandem.WebServices.Store;
using Tandem.WebServices.Users;

namespace Tandem.WebServices.Compatible;

/// <summary>Genesys' recording resources: list and read, voice and screen apart.</summary>
internal static class RecordingEndpoints
{
    private const int UsualPage = 50;

    public static void MapRecordings(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v2/recordings", VoicesAsync).RequireAuthorization(Policies.Supervisor).Produces<RecordingList>();
        routes.MapGet("/api/v2/recordings/{id}", VoiceAsync).RequireAuthorization(Policies.Supervisor).Produces<RecordingReply>();
        routes.MapGet("/api/v2/screen-recordings", ScreensAsync).RequireAuthorization(Policies.Supervisor).Produces<RecordingList>();
        routes.MapGet("/api/v2/screen-recordings/{id}", ScreenAsync).RequireAuthorization(Policies.Supervisor).Produces<RecordingReply>();
    }

    private static Task<IResult> VoicesAsync(
        long? startTime, int? limit, string? cursor, InteractionReader reader, RecordingViews views, CancellationToken stop) =>
        ListAsync("/api/v2/recordings", startTime, limit, cursor, reader, views.Voice, stop);

    private static Task<IResult> ScreensAsync(
        long? startTime, int? limit, string? cursor, InteractionReader reader, RecordingViews views, CancellationToken stop) =>
        ListAsync("/api/v2/screen-recordings", startTime, limit, cursor, reader, views.Screens, stop);

    private static async Task<IResult> VoiceAsync(string id, InteractionReader reader, RecordingViews views, CancellationToken stop) =>
        await reader.FindAsync(id, stop) is { } found ? TypedResults.Ok(new RecordingReply(0, views.Voice(found))) : Unknown(id);

    /// <summary>By the interaction's id, which voice and screen share, or by the capture's own.</summary>
    private static async Task<IResult> ScreenAsync(string id, InteractionReader reader, RecordingViews views, CancellationToken stop)
    {
        var found = await reader.FindAsync(id, stop)
            ?? (await reader.OwnerOfAsync(id, stop) is { } call ? await reader.FindAsync(call, stop) : null);
        return found is null ? Unknown(id) : TypedResults.Ok(new RecordingReply(0, views.Screens(found)));
    }

    /// <param name="startTime">Epoch milliseconds; only what began then or later.</param>
    private static async Task<IResult> ListAsync(
        string path, long? startTime, int? limit, string? cursor, InteractionReader reader,
        Func<InteractionView, RecordingView> shape, CancellationToken stop)
    {
        var from = startTime is { } ms ? Iso.Of(ms * 1000) : null;
        var query = new InteractionQuery(limit ?? UsualPage, cursor, null, null, from, null, null, null);
        if (query.Fault() is { } fault)
        {
            return Problem.Of(ProblemCode.InvalidRequest, fault);
        }

        var page = await reader.ListAsync(query, stop);
        var recordings = new List<RecordingView>();
        foreach (var summary in page.Interactions)
        {
            if (await reader.FindAsync(summary.CallUuid, stop) is { } found && shape(found) is { MediaFiles.Count: > 0 } recording)
            {
                recordings.Add(recording);
            }
        }

        var next = page.Next is null ? null : $"{path}?limit={query.Limit}&cursor={page.Next}";
        return TypedResults.Ok(new RecordingList(0, recordings, next));
    }

    private static Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult Unknown(string id) => Problem.Of(ProblemCode.NotFound, $"There is no recording {id}.");
}
