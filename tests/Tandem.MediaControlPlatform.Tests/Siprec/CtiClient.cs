using System.Net.WebSockets;
using System.Text.Json;
using Tandem.Contracts.Cti;
using Tandem.MediaControlPlatform.Tests.Control;

namespace Tandem.MediaControlPlatform.Tests.Siprec;

/// <summary>What RWS does at a CTI source.</summary>
internal sealed class CtiClient : IDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly Queue<CtiEvent> _waiting = new();

    public static async Task<CtiClient> ConnectAsync(Uri address, string token = McpWorld.CtiToken)
    {
        var client = new CtiClient();
        client._socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await client._socket.ConnectAsync(address, limit.Token);
        return client;
    }

    public async Task AskAsync(CtiRequest request)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(request, CtiJson.Default.CtiRequest);
        await _socket.SendAsync(json, WebSocketMessageType.Text, true, CancellationToken.None);
    }

    public async Task<CtiEvent> NextAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (_waiting.Count == 0)
        {
            var buffer = new byte[65_536];
            var got = await _socket.ReceiveAsync(buffer, limit.Token);
            foreach (var one in JsonSerializer.Deserialize(buffer.AsSpan(0, got.Count), CtiJson.Default.CtiEventArray)!)
                _waiting.Enqueue(one);
        }
        return _waiting.Dequeue();
    }

    public void Dispose() => _socket.Dispose();
}
