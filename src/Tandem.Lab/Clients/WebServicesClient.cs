using System.Text.Json.Nodes;

namespace Tandem.Lab.Clients;

/// <summary>A user of RWS's public API by Basic authentication.</summary>
public sealed class WebServicesClient : IDisposable
{
    private readonly HttpClient _http;

    public WebServicesClient(Uri web, string userName, string password)
    {
        Address = web;
        UserName = userName;
        Password = password;
        _http = new HttpClient { BaseAddress = web, Timeout = TimeSpan.FromSeconds(30) };
        _http.DefaultRequestHeaders.Authorization = LabHttp.Basic(userName, password);
    }

    public Uri Address { get; }
    public string UserName { get; }
    public string Password { get; }

    public Task PutAgentAsync(
        string agentId, string password, string dn, bool recordAfterCallWork, string? recordingWhen, CancellationToken stop)
    {
        var body = new JsonObject
        {
            ["userName"] = agentId,
            ["password"] = password,
            ["firstName"] = "Agent",
            ["lastName"] = agentId[1..],
            ["dn"] = dn,
            ["roles"] = new JsonArray("agent"),
            ["recordAfterCallWork"] = recordAfterCallWork,
        };
        if (recordingWhen is not null)
            body["recordingWhen"] = recordingWhen;
        return LabHttp.SendAsync(_http, HttpMethod.Put, $"/api/v2/agents/{agentId}", body, stop);
    }

    public async Task<string> EnrolmentTokenAsync(CancellationToken stop) =>
        (await LabHttp.SendAsync(_http, HttpMethod.Post, "/api/v2/srs/enrolment-tokens", new JsonObject(), stop))!["token"]!
        .GetValue<string>();

    /// <summary>StartContactCenterSession, EndContactCenterSession, Ready, NotReady or AfterCallWork.</summary>
    public Task AgentOperationAsync(string operation, CancellationToken stop) =>
        LabHttp.SendAsync(_http, HttpMethod.Post, "/api/v2/me", new JsonObject { ["operationName"] = operation }, stop);

    /// <summary>One of the call operations, such as Hold; <paramref name="destination"/> where it needs one.</summary>
    public Task CallOperationAsync(string callId, string operation, string? destination, CancellationToken stop)
    {
        var body = new JsonObject { ["operationName"] = operation };
        if (destination is not null)
            body["destination"] = destination;
        return LabHttp.SendAsync(_http, HttpMethod.Post, $"/api/v2/me/calls/{callId}", body, stop);
    }

    public async Task<JsonNode> StateAsync(CancellationToken stop) =>
        (await LabHttp.SendAsync(_http, HttpMethod.Get, "/api/v2/me/state", null, stop))!;

    public async Task<JsonArray> InteractionsAsync(CancellationToken stop) =>
        (await LabHttp.SendAsync(_http, HttpMethod.Get, "/api/v2/interactions?limit=100", null, stop))!["interactions"]!.AsArray();

    public async Task<JsonNode> InteractionAsync(string callUuid, CancellationToken stop) =>
        (await LabHttp.SendAsync(_http, HttpMethod.Get, $"/api/v2/interactions/{callUuid}", null, stop))!;

    public async Task DownloadAsync(string path, string file, CancellationToken stop)
    {
        using var reply = await _http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, stop);
        if (!reply.IsSuccessStatusCode)
            throw new HttpRequestException(
                $"GET {path} answered {(int)reply.StatusCode}: {await reply.Content.ReadAsStringAsync(stop)}", null, reply.StatusCode);
        await using var target = File.Create(file);
        await reply.Content.CopyToAsync(target, stop);
    }

    public void Dispose() => _http.Dispose();
}
