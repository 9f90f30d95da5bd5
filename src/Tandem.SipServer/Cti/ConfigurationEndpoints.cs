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
        var json = ConfigurationJson.Default;
        MapNamed(
            routes, Guarded, "trunk", (json.DictionaryStringTrunkSettings, json.TrunkSettings),
            store.Trunks, trunk => trunk.Fault(), store.PutTrunk, store.DeleteTrunk);
        MapNamed(
            routes, Guarded, "group", (json.DictionaryStringGroupSettings, json.GroupSettings),
            store.Groups, group => group.Fault(), store.PutGroup, store.DeleteGroup);
        MapRules(routes, store, Guarded);
    }

    /// <summary>A collection of named things: the whole read, one put, one deleted.</summary>
    private static void MapNamed<T>(
        IEndpointRouteBuilder routes, Guard guarded, string kind, (JsonTypeInfo<Dictionary<string, T>> All, JsonTypeInfo<T> One) json,
        Func<Dictionary<string, T>> read, Func<T, string?> faultOf, Action<string, T> put, Func<string, bool> delete) where T : class
    {
        var path = $"/configuration/{kind}s";
        routes.MapGet(path, guarded(_ => Task.FromResult(Results.Json(read(), json.All))));
        routes.MapPut(path + "/{name}", guarded(http => PutAsync(http, json.One, faultOf, value => put(Name(http), value))));
        routes.MapDelete(path + "/{name}", guarded(http =>
            Task.FromResult(Deleted(delete(Name(http)), $"there is no {kind} {Name(http)}"))));
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
