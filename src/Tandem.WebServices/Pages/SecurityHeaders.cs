using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Tandem.WebServices.Pages;

/// <summary>The headers every answer carries, and those that only pages need.</summary>
internal static class SecurityHeaders
{
    /// <summary>What a page may load. Nothing inline; the workspace may speak to SRS on this PC, whose port is a
    /// setting, so any loopback port is allowed. Lit makes its templates through the policy <c>lit-html</c>.</summary>
    public const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
        + "media-src 'self' blob:; connect-src 'self' http://127.0.0.1:* http://localhost:*; "
        + "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'; "
        + "require-trusted-types-for 'script'; trusted-types lit-html";

    /// <summary>Both names of the permission: browsers of before 2026 know the second one only.</summary>
    public const string PermissionsPolicy =
        "loopback-network=(self), local-network-access=(self), autoplay=(self), fullscreen=(self), "
        + "clipboard-write=(self), camera=(), microphone=(), display-capture=(), geolocation=(), usb=(), payment=()";

    /// <summary>Put first in the pipeline: <c>nosniff</c> and no referrer on everything the server answers.</summary>
    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        Everywhere(context.Response.Headers);
        return next(context);
    });

    /// <summary>Adds what a page needs to the answer.</summary>
    public static void ForPage(HttpResponse response)
    {
        Everywhere(response.Headers);
        response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
        response.Headers["Permissions-Policy"] = PermissionsPolicy;
        response.Headers["Cross-Origin-Opener-Policy"] = "same-origin";
    }

    public static void Everywhere(IHeaderDictionary headers)
    {
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
    }
}
