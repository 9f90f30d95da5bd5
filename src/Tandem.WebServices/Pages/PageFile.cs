using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Tandem.WebServices.Pages;

/// <summary>Answers one file of the built pages, in Brotli where the browser takes it (the build made <c>.br</c> beside).</summary>
internal static class PageFile
{
    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        [".html"] = "text/html; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".svg"] = "image/svg+xml",
        [".map"] = "application/json",
    };

    /// <summary>A hashed asset: it never changes under its name, so it may be kept for a year.</summary>
    public static IResult Asset(HttpContext context, string root, string name)
    {
        // The name is one path segment by the route; a name with a separator cannot reach here, "..", has no type.
        if (!Types.TryGetValue(Path.GetExtension(name), out var type))
        {
            return Results.NotFound();
        }

        SecurityHeaders.Everywhere(context.Response.Headers);
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Send(context, Path.Combine(root, "assets", name), type);
    }

    /// <summary>The page itself: asked for anew each time, so that it always names the newest assets.</summary>
    public static IResult Page(HttpContext context, string root, string page)
    {
        SecurityHeaders.ForPage(context.Response);
        context.Response.Headers.CacheControl = "no-cache";
        return Send(context, Path.Combine(root, page, "index.html"), Types[".html"]);
    }

    private static IResult Send(HttpContext context, string path, string type)
    {
        if (!File.Exists(path))
        {
            context.Response.Headers.CacheControl = "no-store";
            return Results.NotFound();
        }

        context.Response.Headers.Vary = HeaderNames.AcceptEncoding;
        var packed = path + ".br";
        if (TakesBrotli(context.Request) && File.Exists(packed))
        {
            context.Response.Headers.ContentEncoding = "br";
            return Results.File(packed, type, lastModified: File.GetLastWriteTimeUtc(packed));
        }

        return Results.File(path, type, lastModified: File.GetLastWriteTimeUtc(path));
    }

    private static bool TakesBrotli(HttpRequest request) =>
        StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptEncoding, out var values)
        && values.Any(value => value.Value == "br" && value.Quality is null or > 0);
}
