using System.Net;
using System.Text.Json.Nodes;

namespace Tandem.Lab.Clients;

/// <summary>An agent desktop that speaks SRS's local API as Genesys describes it: Basic authentication, Origin,
/// login with configuration, ping, logout.</summary>
public sealed class ScreenServiceClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly WebServicesClient _agent;

    /// <param name="local">Such as <c>http://127.0.0.1:8090</c>.</param>
    public ScreenServiceClient(Uri local, WebServicesClient agent)
    {
        _agent = agent;
        _http = new HttpClient { BaseAddress = local, Timeout = TimeSpan.FromSeconds(20) };
        _http.DefaultRequestHeaders.Authorization = LabHttp.Basic(agent.UserName, agent.Password);
        _http.DefaultRequestHeaders.Add("Origin", agent.Address.GetLeftPart(UriPartial.Authority));
    }

    public Task LoginAsync(string dn, CancellationToken stop) =>
        LabHttp.SendAsync(_http, HttpMethod.Post, "/api/v2/me", new JsonArray(
            Row("server", _agent.Address.GetLeftPart(UriPartial.Authority)),
            Row("place", $"place-{dn}"),
            Row("devices", new JsonArray(new JsonObject { ["dn"] = dn, ["switch"] = "tandem" }))), stop);

    /// <summary>200, or 401 when it wants a new login.</summary>
    public async Task<HttpStatusCode> PingAsync(CancellationToken stop)
    {
        using var reply = await _http.GetAsync("/ping", stop);
        return reply.StatusCode;
    }

    public async Task LogoutAsync(CancellationToken stop)
    {
        using var reply = await _http.PostAsync("/logout", null, stop);
        reply.EnsureSuccessStatusCode();
    }

    private static JsonObject Row(string name, JsonNode value) => new() { ["name"] = name, ["value"] = value };

    public void Dispose() => _http.Dispose();
}
