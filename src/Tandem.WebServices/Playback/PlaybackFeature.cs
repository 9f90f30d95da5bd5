using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;
using Tandem.Media.Peaks;
using Tandem.WebServices.Audit;
using Tandem.WebServices.Interactions;
using Tandem.WebServices.Problems;
using Tandem.WebServices.Users;

namespace Tandem.WebServices.Playback;

/// <summary>Sound, picture and waveform, computed from sealed media on request.</summary>
internal static class PlaybackFeature
{
    private const int UsualSamplesPerPeak = 160;

    public static IServiceCollection AddPlayback(this IServiceCollection services) => services.AddSingleton<MediaOpener>();

    public static void MapPlayback(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v2/recordings/{callUuid}/play/{segmentId}.wav", VoiceAsync).RequireAuthorization(Policies.Supervisor);
        routes.MapGet("/api/v2/recordings/{callUuid}/peaks/{segmentId}.json", PeaksAsync).RequireAuthorization(Policies.Supervisor).Produces<PeaksView>();
        routes.MapGet("/api/v2/screen-recordings/{captureId}/content/{file}.mp4", ScreenAsync).RequireAuthorization(Policies.Supervisor);
    }

    private static async Task<IResult> VoiceAsync(
        string callUuid, string segmentId, HttpContext context, MediaOpener opener, AuditLog audit, CancellationToken stop) =>
        await opener.VoiceAsync(callUuid, segmentId, stop) is { } media
            ? await ServeAsync(context, media.Content, media.ETag, "audio/wav", segmentId, audit, stop)
            : NoMedia(segmentId);

    /// <param name="monitor">Its track only; without it, everything in one file.</param>
    private static async Task<IResult> ScreenAsync(
        string captureId, string file, string? monitor, HttpContext context, MediaOpener opener, AuditLog audit, CancellationToken stop)
    {
        if (file != captureId || await opener.ReportAsync(captureId, stop) is not { } report)
        {
            return NoMedia(captureId);
        }

        if (monitor is not null && ScreenTracks.WhyNot(report, monitor) is { } why)
        {
            return Problem.Of(ProblemCode.NotFound, why);
        }

        return await opener.ScreenAsync(report, monitor, stop) is { } media
            ? await ServeAsync(context, media.Content, media.ETag, "video/mp4", captureId, audit, stop, monitor)
            : NoMedia(captureId);
    }

    private static async Task<IResult> PeaksAsync(
        string callUuid, string segmentId, int? per, MediaOpener opener, CancellationToken stop)
    {
        if (per is < 1 or > 1_000_000)
        {
            return Problem.Of(ProblemCode.InvalidRequest, "per: 1 to 1000000 samples.");
        }

        if (await opener.VoiceAsync(callUuid, segmentId, stop) is not { } media)
        {
            return NoMedia(segmentId);
        }

        await using var wav = media.Content;
        var samplesPerPeak = per ?? UsualSamplesPerPeak;
        PeakBuilder[] builders = [new(samplesPerPeak), new(samplesPerPeak)];
        var frames = new short[16384 * WavStream.Channels];
        var lane = new short[16384];
        for (long at = 0; at < wav.Frames;)
        {
            var read = await wav.ReadFramesAsync(at, frames, stop);
            for (var channel = 0; channel < WavStream.Channels; channel++)
            {
                for (var i = 0; i < read; i++)
                {
                    lane[i] = frames[(i * WavStream.Channels) + channel];
                }

                builders[channel].Add(lane.AsSpan(0, read));
            }

            at += read;
        }

        return TypedResults.Ok(new PeaksView(samplesPerPeak, wav.Rate, [.. builders.Select(builder => builder.Finish())]));
    }

    private static async Task<IResult> ServeAsync(
        HttpContext context, Stream content, string etag, string mediaType, string id, AuditLog audit, CancellationToken stop, string? monitor = null)
    {
        // A player asks for many ranges; the first is the playing.
        var range = context.Request.Headers.Range.ToString();
        if (range.Length == 0 || range.StartsWith("bytes=0-", StringComparison.Ordinal))
        {
            await audit.AppendAsync(context.User.NameOf(), AuditActions.Played, id, monitor is null ? mediaType : $"{mediaType}, monitor {monitor}", stop);
        }

        context.Response.Headers.CacheControl = "private, no-cache";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.Stream(content, mediaType, entityTag: new EntityTagHeaderValue(etag), enableRangeProcessing: true);
    }

    private static ProblemHttpResult NoMedia(string id) => Problem.Of(ProblemCode.NoMediaYet, $"No media of {id} is here (yet).");
}
