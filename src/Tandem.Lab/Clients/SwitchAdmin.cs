using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace Tandem.Lab.Clients;

/// <summary>Edits who exists in SIP Server's configuration, over its CTI listener.</summary>
public sealed class SwitchAdmin : IDisposable
{
    private readonly HttpClient _http;

    /// <param name="cti">The listener, such as <c>http://127.0.0.1:8081</c>.</param>
    /// <param name="token">Of an admin CTI client.</param>
    public SwitchAdmin(Uri cti, string token)
    {
        _http = new HttpClient { BaseAddress = cti };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public Task PutDnAsync(string dn, string password, bool record, string displayName, CancellationToken stop) =>
        LabHttp.SendAsync(_http, HttpMethod.Put, $"/configuration/dns/{dn}", new JsonObject
        {
            ["type"] = "extension",
            ["password"] = password,
            ["record"] = record,
            ["displayName"] = displayName,
        }, stop);

    public void Dispose() => _http.Dispose();
}
