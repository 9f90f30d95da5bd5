using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tandem.Lab.Clients;

/// <summary>The little that the lab's HTTP clients share.</summary>
internal static class LabHttp
{
    internal static AuthenticationHeaderValue Basic(string user, string password) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));

    internal static StringContent Json(JsonNode body) =>
        new(body.ToJsonString(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), "application/json");

    /// <summary>Sends and gives the JSON body, null when there is none.</summary>
    /// <exception cref="HttpRequestException">Not a 2xx; the message has the server's words.</exception>
    internal static async Task<JsonNode?> SendAsync(
        HttpClient http, HttpMethod method, string path, JsonNode? body, CancellationToken stop, AuthenticationHeaderValue? as_ = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : Json(body) };
        request.Headers.Authorization = as_;
        using var reply = await http.SendAsync(request, stop);
        var text = await reply.Content.ReadAsStringAsync(stop);
        if (!reply.IsSuccessStatusCode)
            throw new HttpRequestException($"{method} {path} answered {(int)reply.StatusCode}: {text}", null, reply.StatusCode);
        try
        {
            return text.Length == 0 ? null : JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
