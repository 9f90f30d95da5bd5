using Microsoft.AspNetCore.Http;

namespace Tandem.WebServices.Pages;

/// <summary>What <c>/console/</c> and <c>/workspace/</c> say when the pages were not built: the API works all the same.</summary>
internal static class NotBuiltPage
{
    public const string Sentence = "The pages are not built yet: run ./run or web/build.sh in the folder of Tandem, then reload.";

    public static IResult Answer(HttpContext context)
    {
        SecurityHeaders.ForPage(context.Response);
        context.Response.Headers.CacheControl = "no-store";
        return Results.Content(
            $"""
            <!doctype html><html lang="en"><meta charset="utf-8"><title>Tandem: pages not built</title>
            <h1>Tandem is running, but its pages are missing</h1><p>{Sentence}</p>
            <p>The server looked for artifacts/web/manifest.json above its own folder.
            The API is there: <a href="/openapi/v2.json">/openapi/v2.json</a>.</p></html>
            """,
            "text/html; charset=utf-8",
            statusCode: StatusCodes.Status503ServiceUnavailable);
    }
}
