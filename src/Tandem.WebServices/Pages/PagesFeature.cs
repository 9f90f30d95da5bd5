using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Tandem.WebServices.Pages;

/// <summary>Serves the console (with the player) and the workspace. No sign-in is needed for the files themselves: they
/// hold no data, all of it comes from the API.</summary>
internal static class PagesFeature
{
    private static readonly string[] Pages = ["console", "workspace"];

    /// <summary>Maps <c>/console/</c>, <c>/workspace/</c>, <c>/assets/{file}</c> and redirects <c>/</c> to the console.</summary>
    /// <param name="baseDirectory">Where the search for the built pages begins; the program's folder when null. It is
    /// looked for at each request until found, so pages built later need no restart.</param>
    public static void MapPages(this IEndpointRouteBuilder routes, string? baseDirectory = null)
    {
        var start = baseDirectory ?? AppContext.BaseDirectory;
        string? found = null;
        string? Root() => found ??= PageFolder.Find(start);

        routes.MapGet("/", () => Results.LocalRedirect("/console/")).Open();
        routes.MapGet("/assets/{name}", (HttpContext context, string name) =>
            Root() is { } root ? PageFile.Asset(context, root, name) : Results.NotFound()).Open();
        foreach (var page in Pages)
        {
            // One route matches with and without the last slash; relative addresses need the slash.
            routes.MapGet($"/{page}/", (HttpContext context) =>
                !context.Request.Path.Value!.EndsWith('/') ? Results.LocalRedirect($"/{page}/{context.Request.QueryString}")
                : Root() is { } root ? PageFile.Page(context, root, page)
                : NotBuiltPage.Answer(context)).Open();
        }
    }

    private static void Open(this RouteHandlerBuilder route) => route.AllowAnonymous().ExcludeFromDescription();
}
