using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tandem.SipServer.Configuration;

namespace Tandem.SipServer.Cti;

/// <summary><c>/configuration/</c>: <c>dns</c>, <c>trunks</c>, <c>groups</c> and <c>recording-rules</c>, for clients with
/// <c>admin</c>.</summary>
internal static class ConfigurationEndpoints
{
    private delegate RequestDelegate Guard(Func<HttpContext, Task<IResult>> act);

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
            var was = store.Delete(dn);
            if (was) dnChanged(dn);
            return Task.FromResult(Deleted(was, $"there is no DN {dn}"));
        }));
        MapTrunks(routes, store, Guarded);
        MapGroups(routes, store, Guarded);
        MapRules(routes, store, Guarded);
    }

    private static void MapTrunks(IEndpointRouteBuilder routes, ConfigurationStore store, Guard guarded)
    {
        routes.MapGet("/configuration/trunks", guarded(_ => Task.FromResult(
            Results.Json(store.Trunks(), ConfigurationJson.Default.DictionaryStringTrunkSettings))));
        routes.MapPut("/configuration/trunks/{name}", guarded(http => PutAsync(
            http, ConfigurationJson.Default.TrunkSettings, trunk => trunk.Fault(), trunk => store.PutTrunk(Name(http), trunk))));
        routes.MapDelete("/configuration/trunks/{name}", guarded(http =>
            Task.FromResult(Deleted(store.DeleteTrunk(Name(http)), $"there is no trunk {Name(http)}"))));
    }

    private static void MapGroups(IEndpointRouteBuilder routes, ConfigurationStore store, Guard guarded)
    {
        routes.MapGet("/configuration/groups", guarded(_ => Task.FromResult(
            Results.Json(store.Groups(), ConfigurationJson.Default.DictionaryStringGroupSettings))));
        routes.MapPut("/configuration/groups/{name}", guarded(http => PutAsync(
            http, ConfigurationJson.Default.GroupSettings, group => group.Fault(), group => store.PutGroup(Name(http), group))));
        routes.MapDelete("/configuration/groups/{name}", guarded(http =>
            Task.FromResult(Deleted(store.DeleteGroup(Name(http)), $"there is no group {Name(http)}"))));
    }

    /// <summary>The rules are one list, for their order counts.</summary>
    private static void MapRules(IEndpointRouteBuilder routes, ConfigurationStore store, Guard guarded)
    {
        routes.MapGet("/configuration/recording-rules", guarded(_ => Task.FromResult(
            Results.Json(store.RecordingRules(), ConfigurationJson.Default.IReadOnlyListRecordingRule))));
        routes.MapPut("/configuration/recording-rules", guarded(http => PutAsync(
            http, ConfigurationJson.Default.IReadOnlyListRecordingRule,
            rules => rules.Select(rule => rule.Fault()).FirstOrDefault(fault => fault is not null), store.PutRecordingRules)));
    }

    private static string Name(HttpContext http) => (string)http.GetRouteValue("name")!;

    private static IResult Deleted(bool was, string otherwise) =>
        was ? Results.NoContent() : Problem(StatusCodes.Status404NotFound, otherwise);

    private static async Task<IResult> PutAsync<T>(
        HttpContext http, JsonTypeInfo<T> type, Func<T, string?> faultOf, Action<T> put) where T : class
    {
        var (value, fault) = await ReadAsync(http, type);
        fault ??= faultOf(value!);
        if (fault is not null) return Problem(StatusCodes.Status400BadRequest, fault);
        put(value!);
        return Results.Json(value!, type);
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
