using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Tandem.Hosting;

/// <summary>Clients that are known by a token in the header Authorization (RFC 6750 §2.1).</summary>
public static class BearerTokens
{
    private const string Scheme = "Bearer ";

    /// <summary>The client whose token the request bears, compared in constant time; null: none.</summary>
    public static T? Find<T>(HttpRequest request, IEnumerable<T> clients, Func<T, string> tokenOf)
        where T : class
    {
        var header = request.Headers.Authorization.ToString();
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return null;
        var given = Hash(header[Scheme.Length..].Trim());
        T? found = null;
        foreach (var client in clients)
        {
            if (CryptographicOperations.FixedTimeEquals(given, Hash(tokenOf(client)))) found = client;
        }

        return found;
    }

    /// <summary>Takes a WebSocket of a known client; anybody else is told what is missing.</summary>
    public static async Task AcceptAsync<T>(
        HttpContext http, IEnumerable<T> clients, Func<T, string> tokenOf, Func<System.Net.WebSockets.WebSocket, T, Task> serve)
        where T : class
    {
        if (Find(http.Request, clients, tokenOf) is not { } client)
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            http.Response.Headers.WWWAuthenticate = "Bearer";
        }
        else if (!http.WebSockets.IsWebSocketRequest)
        {
            http.Response.StatusCode = StatusCodes.Status426UpgradeRequired;
        }
        else
        {
            using var socket = await http.WebSockets.AcceptWebSocketAsync();
            await serve(socket, client);
        }
    }

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
