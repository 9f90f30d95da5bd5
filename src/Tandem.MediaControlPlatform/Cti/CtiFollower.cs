using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;
using Tandem.Contracts.Cti;

namespace Tandem.MediaControlPlatform.Cti;

/// <summary>One client of the CTI socket.</summary>
internal sealed class CtiFollower(WebSocket socket, CtiDesk desk)
{
    private const int LongestRequest = 64 * 1024;

    // A client that reads too slowly is dropped rather than remembered for: it names its last event when it comes back.
    private readonly Channel<CtiEvent[]> _out = Channel.CreateBounded<CtiEvent[]>(10_000);
    private CtiPosition? _after;
    private bool _opened;

    public void Send(CtiEvent[] batch)
    {
        if (!_out.Writer.TryWrite(batch))
            _out.Writer.TryComplete();
    }

    public async Task RunAsync(CancellationToken stop)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var sending = SendAllAsync(end.Token);
        try
        {
            while (await ReadAsync(end.Token) is { } request)
                Do(request);
        }
        finally
        {
            desk.Unregister(this, null);
            _out.Writer.TryComplete();
            await end.CancelAsync();
            await sending;
        }
    }

    private void Do(CtiRequest request)
    {
        if (request.Name == CtiRequestNames.OpenServer)
        {
            (_opened, _after) = (true, request.After);
            Send([desk.Answer(CtiEventNames.LinkConnected, request.ReferenceID) with { Position = desk.Newest }]);
        }
        else if (!_opened)
        {
            Refuse(request, "WrongState", "RequestOpenServer comes first.");
        }
        else if (request.Name == CtiRequestNames.RegisterAddress && request.ThisDN is { Length: > 0 } dn)
        {
            desk.Register(this, dn, request.ReferenceID, _after);
        }
        else if (request.Name == CtiRequestNames.UnregisterAddress)
        {
            desk.Unregister(this, request.ThisDN);
            Send([desk.Answer(CtiEventNames.Unregistered, request.ReferenceID) with { ThisDN = request.ThisDN }]);
        }
        else
        {
            Refuse(request, "NotSupported", "Calls that come by SIPREC are another switch's: they can only be followed.");
        }
    }

    private void Refuse(CtiRequest request, string code, string reason) =>
        Send([desk.Answer(CtiEventNames.Error, request.ReferenceID) with
        {
            ThisDN = request.ThisDN,
            ErrorCode = code,
            Reason = reason,
        }]);

    private async Task<CtiRequest?> ReadAsync(CancellationToken stop)
    {
        var buffer = new byte[LongestRequest];
        for (var length = 0; ;)
        {
            var got = await socket.ReceiveAsync(buffer.AsMemory(length), stop);
            length += got.Count;
            if (got.MessageType != WebSocketMessageType.Text || (!got.EndOfMessage && length == buffer.Length))
                return null;
            if (got.EndOfMessage)
                return JsonSerializer.Deserialize(buffer.AsSpan(0, length), CtiJson.Default.CtiRequest);
        }
    }

    private async Task SendAllAsync(CancellationToken stop)
    {
        try
        {
            await foreach (var batch in _out.Reader.ReadAllAsync(stop))
            {
                var json = JsonSerializer.SerializeToUtf8Bytes(batch, CtiJson.Default.CtiEventArray);
                await socket.SendAsync(json, WebSocketMessageType.Text, true, stop);
            }
            socket.Abort();
        }
        catch (Exception gone) when (gone is OperationCanceledException or WebSocketException)
        {
            socket.Abort();
        }
    }
}
