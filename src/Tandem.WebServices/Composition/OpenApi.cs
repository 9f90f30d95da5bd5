using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Tandem.WebServices.Composition;

/// <summary>The description of the public API at <c>/openapi/v2.json</c>; docs/api holds the same, compared by a test.</summary>
internal static class OpenApi
{
    private const string Document = "v2";

    public static void AddDescription(this IServiceCollection services) => services.AddOpenApi(Document, options =>
    {
        options.ShouldInclude = description => description.RelativePath?.StartsWith("api/v2/", StringComparison.Ordinal) == true
            && !description.RelativePath.StartsWith("api/v2/uploads", StringComparison.Ordinal);
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "Tandem Interaction Recording Web Services";
            document.Info.Version = "2";
            // Where this server listens is no part of the contract.
            document.Servers?.Clear();
            return Task.CompletedTask;
        });
    });

    public static void MapDescription(this IEndpointRouteBuilder routes) =>
        routes.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
}
