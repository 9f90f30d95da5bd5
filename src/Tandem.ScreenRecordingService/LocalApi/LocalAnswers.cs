using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace Tandem.ScreenRecordingService.LocalApi;

internal static class LocalAnswers
{
    public static Task ProblemAsync(HttpContext context, int status, string title)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new LocalProblem(title, status), LocalJson.Default.LocalProblem, "application/problem+json");
    }

    /// <summary>Reads a JSON body; answers 415 or 400 itself and returns the default where it is none.</summary>
    public static async Task<T?> ReadJsonAsync<T>(HttpContext context, JsonTypeInfo<T> type)
    {
        var mediaType = context.Request.ContentType?.Split(';')[0].Trim();
        if (!string.Equals(mediaType, "application/json", StringComparison.OrdinalIgnoreCase))
        {
            await ProblemAsync(context, StatusCodes.Status415UnsupportedMediaType, "The body must be application/json.");
            return default;
        }
        try
        {
            return await JsonSerializer.DeserializeAsync(context.Request.Body, type, context.RequestAborted);
        }
        catch (JsonException)
        {
            await ProblemAsync(context, StatusCodes.Status400BadRequest, "The body is not JSON of the expected form.");
            return default;
        }
    }
}
