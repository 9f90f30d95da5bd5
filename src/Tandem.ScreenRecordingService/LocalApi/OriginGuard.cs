using Microsoft.AspNetCore.Http;
using Tandem.ScreenRecordingService.Service;

namespace Tandem.ScreenRecordingService.LocalApi;

/// <summary>Who may talk to the local API at all: exact Host (a rebinding name is not ours), exact Origin (none is
/// reflected, <c>null</c> is none of ours), and cross-origin answers only to those.</summary>
internal sealed class OriginGuard(ServiceOptions options)
{
    private const int WindowRequests = 200;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    private readonly HashSet<string> origins = new(
        [.. options.Origins, .. options.Servers.Select(s => s.GetLeftPart(UriPartial.Authority))], StringComparer.Ordinal);
    private readonly HashSet<string> hosts = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lock gate = new();
    private long? windowBegan;
    private int windowCount;

    public void ListensOn(int port) => hosts.UnionWith([$"127.0.0.1:{port}", $"localhost:{port}", $"[::1]:{port}"]);

    public bool IsListed(string origin) => origins.Contains(origin);

    /// <summary>Middleware: answers what must go no further.</summary>
    public async Task InvokeAsync(HttpContext context, RequestDelegate next, TimeProvider time)
    {
        var request = context.Request;
        var origin = request.Headers.Origin.ToString();
        var headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        headers.Vary = "Origin";
        if (!hosts.Contains(request.Host.Value ?? ""))
            context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
        else if (origin.Length > 0 ? !IsListed(origin) : !CarriesCredentials(request))
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
        // Counted after the refusals: a foreign page must not use up what the desktop needs.
        else if (!Admit(time))
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        else
        {
            if (origin.Length > 0)
                AllowOrigin(request, headers, origin);
            await next(context);
        }
    }

    /// <summary>A browser always says its origin on such requests; a program that says none must bring its credentials.</summary>
    private static bool CarriesCredentials(HttpRequest request) => request.Headers.Authorization.Count > 0;

    private static void AllowOrigin(HttpRequest request, IHeaderDictionary headers, string origin)
    {
        headers.AccessControlAllowOrigin = origin;
        headers.AccessControlAllowCredentials = "true";
        headers.AccessControlExposeHeaders = "X-CSRF-HEADER, X-CSRF-TOKEN";
        if (!HttpMethods.IsOptions(request.Method))
            return;
        headers.AccessControlAllowMethods = "GET, POST, OPTIONS";
        headers.AccessControlAllowHeaders = "Authorization, Content-Type, X-Support-CSRFP, X-CSRF-TOKEN, X-Tandem-Token";
        headers.AccessControlMaxAge = "600";
        if (request.Headers.ContainsKey("Access-Control-Request-Private-Network"))
            headers["Access-Control-Allow-Private-Network"] = "true";
    }

    private bool Admit(TimeProvider time)
    {
        lock (gate)
        {
            if (windowBegan is not { } began || time.GetElapsedTime(began) > Window)
            {
                windowBegan = time.GetTimestamp();
                windowCount = 0;
            }
            return ++windowCount <= WindowRequests;
        }
    }
}
