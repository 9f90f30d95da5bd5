using System.Collections;
using System.Net.WebSockets;
using System.Text.Json;
using Tandem.Contracts.Cti;

namespace Tandem.SipServer.Tests.Live;

/// <summary>A CTI client that names the last event it saw and reads until its DN is registered.</summary>
internal sealed class ResumingClient : IAsyncDisposable, IEnumerable<CtiEvent>
{
    private readonly ClientWebSocket _socket = new();
    private readonly List<CtiEvent> _told = [];

    public static async Task<ResumingClient> OpenAsync(
        Uri address, string token, CtiPosition? after, string dn, CancellationToken stop)
    {
        var client = new ResumingClient();
        client._socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
        await client._socket.ConnectAsync(address, stop);
        await client.AskAsync(new CtiRequest { Name = CtiRequestNames.OpenServer, ReferenceID = 1, After = after }, stop);
        await client.AskAsync(new CtiRequest { Name = CtiRequestNames.RegisterAddress, ReferenceID = 2, ThisDN = dn }, stop);
        var buffer = new byte[1 << 20];
        while (client._told.All(one => one.ReferenceID != 2))
        {
            var got = await client._socket.ReceiveAsync(buffer, stop);
            client._told.AddRange(
                JsonSerializer.Deserialize(buffer.AsSpan(0, got.Count), CtiJson.Default.CtiEventArray) ?? []);
        }

        return client;
    }

    public IEnumerator<CtiEvent> GetEnumerator() => _told.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task AskAsync(CtiRequest request, CancellationToken stop) => await _socket.SendAsync(
        JsonSerializer.SerializeToUtf8Bytes(request, CtiJson.Default.CtiRequest), WebSocketMessageType.Text, true, stop);
}
