using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tandem.SipServer.Configuration;

namespace Tandem.SipServer.Cti;

/// <summary><c>/configuration/dns</c> and <c>/configuration/trunks</c>, for clients with <c>admin</c>.</summary>
internal static class ConfigurationEndpoints
{
    public static void Map(
        IEndpointRouteBuilder routes, ConfigurationStore store, Action<string> dnChanged, Func<HttpContext, bool> isAdmin)
    {
        RequestDelegate Guarded(Func<HttpContext, Task<IResult>> act) => async http =>
        {
            var result = isAdmin(http)
                ? await act(http)
                : Problem(StatusCodes.Status401Unauthorized, "an administrator's bearer token is needed");
            await result.ExecuteAsync(http);
        };

        routes.MapGet("/configuration/dns", Guarded(_ => Task.FromResult(
            Results.Json(store.Dns(), ConfigurationJson.Default.IReadOnlyListDnView))));
        routes.MapPut("/configuration/dns/{dn}", Guarded(async http =>
        {
            var dn = (string)http.GetRouteValue("dn")!;
            var (input, fault) = await ReadAsync(http, ConfigurationJson.Default.DnInput);
            fault ??= input!.Fault(dn);
            if (fault is not null) return Problem(StatusCodes.Status400BadRequest, fault);
            var view = store.Put(dn, input!);
            dnChanged(dn);
            return Results.Json(view, ConfigurationJson.Default.DnView);
        }));
        routes.MapDelete("/configuration/dns/{dn}", Guarded(http =>
        {
            var dn = (string)http.GetRouteValue("dn")!;
            if (!store.Delete(dn)) return Task.FromResult(Problem(StatusCodes.Status404NotFound, $"there is no DN {dn}"));
            dnChanged(dn);
            return Task.FromResult(Results.NoContent());
        }));
        MapTrunks(routes, store, Guarded);
    }

    private static void MapTrunks(
        IEndpointRouteBuilder routes, ConfigurationStore store, Func<Func<HttpContext, Task<IResult>>, RequestDelegate> guarded)
    {
        routes.MapGet("/configuration/trunks", guarded(_ => Task.FromResult(
            Results.Json(store.Trunks(), ConfigurationJson.Default.DictionaryStringTrunkSettings))));
        routes.MapPut("/configuration/trunks/{name}", guarded(async http =>
        {
            var name = (string)http.GetRouteValue("name")!;
            var (trunk, fault) = await ReadAsync(http, ConfigurationJson.Default.TrunkSettings);
            fault ??= trunk!.Fault();
            if (fault is not null) return Problem(StatusCodes.Status400BadRequest, fault);
            store.PutTrunk(name, trunk!);
            return Results.Json(trunk!, ConfigurationJson.Default.TrunkSettings);
        }));
        routes.MapDelete("/configuration/trunks/{name}", guarded(http =>
        {
            var name = (string)http.GetRouteValue("name")!;
            return Task.FromResult(store.DeleteTrunk(name)
                ? Results.NoContent()
                : Problem(StatusCodes.Status404NotFound, $"there is no trunk {name}"));
        }));
    }

    private static async Task<(T? Value, string? Fault)> ReadAsync<T>(HttpContext http, JsonTypeInfo<T> type) where T : class
    {
        try
        {
            var value = await JsonSerializer.DeserializeAsync(http.Request.Body, type, http.RequestAborted);
            return value is null ? (null, "the body is null") : (value, null);
        }
        catch (JsonException fault)
        {
            return (null, fault.Message);
        }
    }

    /// <summary>RFC 9457.</summary>
    private static IResult Problem(int status, string detail) => Results.Problem(detail, statusCode: status);
}
