using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tandem.WebServices.Tests.Client;

/// <summary>JSON over HTTP without ceremony.</summary>
internal static class Http
{
    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<JsonNode> GetJsonAsync(this HttpClient client, string path)
    {
        using var reply = await client.GetAsync(new Uri(path, UriKind.Relative), Stop);
        Assert.True(reply.IsSuccessStatusCode, $"GET {path}: {reply.StatusCode} {await reply.Content.ReadAsStringAsync(Stop)}");
        return JsonNode.Parse(await reply.Content.ReadAsStringAsync(Stop))!;
    }

    public static Task<HttpResponseMessage> SendJsonAsync(this HttpClient client, HttpMethod method, string path, object body) =>
        client.SendAsync(new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) }, Stop);

    public static async Task<JsonNode?> PostOkAsync(this HttpClient client, string path, object body)
    {
        using var reply = await client.SendJsonAsync(HttpMethod.Post, path, body);
        return await OkAsync(reply, path);
    }

    public static async Task<JsonNode?> PutOkAsync(this HttpClient client, string path, object body)
    {
        using var reply = await client.SendJsonAsync(HttpMethod.Put, path, body);
        return await OkAsync(reply, path);
    }

    public static async Task<string> ProblemCodeAsync(this HttpResponseMessage reply)
    {
        Assert.Equal("application/problem+json", reply.Content.Headers.ContentType?.MediaType);
        using var document = JsonDocument.Parse(await reply.Content.ReadAsStringAsync(Stop));
        return document.RootElement.GetProperty("code").GetString()!;
    }

    public static string Text(this JsonNode node, string name) => node[name]!.GetValue<string>();

    private static async Task<JsonNode?> OkAsync(HttpResponseMessage reply, string path)
    {
        var text = await reply.Content.ReadAsStringAsync(Stop);
        Assert.True(reply.IsSuccessStatusCode, $"{path}: {reply.StatusCode} {text}");
        return text.Length == 0 ? null : JsonNode.Parse(text);
    }
}
