using System.Net;
using System.Net.Http.Json;
using Tandem.Contracts;
using Tandem.Contracts.Srs;

namespace Tandem.ScreenRecordingService.Service;

/// <summary>Requests to RWS, each signed by this device. Knows which of the machine's servers is in use.</summary>
internal sealed class RwsClient(HttpClient http, Device device, ServiceOptions options)
{
    private volatile Uri server = options.Servers[0];

    /// <summary>The one that answered last.</summary>
    public Uri Server => server;

    /// <param name="preferred">Tried in this order; empty: the one in use, then the others.</param>
    public async Task<(SignInOutcome Outcome, SignInReply? Reply)> SignInAsync(
        SignInRequest request, IReadOnlyList<Uri> preferred, CancellationToken stop)
    {
        foreach (var candidate in preferred.Count > 0 ? preferred : [server, .. options.Servers.Where(s => s != server)])
        {
            var (outcome, reply) = await TryAsync(candidate, request, stop);
            if (outcome == SignInOutcome.Unreachable)
                continue;
            server = candidate;
            return (outcome, reply);
        }
        return (SignInOutcome.Unreachable, null);
    }

    /// <returns>False where the server was not told.</returns>
    public async Task<bool> SignOutAsync(CancellationToken stop)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server, "/api/v2/srs/sign-out"));
            await device.SignAsync(request, stop);
            using var reply = await http.SendAsync(request, stop);
            return reply.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async Task<(SignInOutcome Outcome, SignInReply? Reply)> TryAsync(Uri candidate, SignInRequest body, CancellationToken stop)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(candidate, "/api/v2/srs/sign-in"))
            {
                Content = JsonContent.Create(body, ContractsJson.Default.SignInRequest),
            };
            await device.SignAsync(request, stop);
            using var reply = await http.SendAsync(request, stop);
            if (reply.IsSuccessStatusCode)
                return (SignInOutcome.Done, await reply.Content.ReadFromJsonAsync(ContractsJson.Default.SignInReply, stop));
            return (reply.StatusCode is >= HttpStatusCode.InternalServerError ? SignInOutcome.Unreachable : SignInOutcome.Refused, null);
        }
        catch (HttpRequestException)
        {
            return (SignInOutcome.Unreachable, null);
        }
    }
}
