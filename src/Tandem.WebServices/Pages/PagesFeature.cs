using Microsoft.AspNetCore.Routing;

namespace Tandem.WebServices.Pages;

/// <summary>Static files of console and workspace.</summary>
internal static class PagesFeature
{
    public static void MapPages(this IEndpointRouteBuilder routes) => _ = routes;
}
