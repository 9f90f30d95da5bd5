using System.Net.WebSockets;
using System.Text.Json;
using Tandem.Contracts;
using Tandem.Contracts.Srs;

namespace Tandem.WebServices.Devices;

/// <summary>One device's WebSocket; sends are one at a time, a dead one is dropped in silence because the outbox keeps
/// the command.</summary>
internal sealed class DeviceSocket(string deviceId, WebSocket socket) : IDisposable
{
    private const int LargestMessage = 1 << 20;
    private readonly SemaphoreSlim _sending = new(1, 1);

    public string DeviceId => deviceId;

    public void Abort() => socket.Abort();

    public async Task SendAsync(SrsMessage message, CancellationToken stop)
    {
        await _sending.WaitAsync(stop);
        try
        {
            var text = JsonSerializer.SerializeToUtf8Bytes(message, ContractsJson.Default.SrsMessage);
            await socket.SendAsync(text.AsMemory(), WebSocketMessageType.Text, true, stop);
        }
        catch (Exception failure) when (failure is WebSocketException or ObjectDisposedException or InvalidOperationException)
        {
            socket.Abort();
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>The next message; null when the device has gone or speaks nonsense.</summary>
    public async Task<SrsMessage?> ReceiveAsync(CancellationToken stop)
    {
        var text = new MemoryStream();
        var buffer = new byte[8192];
        try
        {
            while (text.Length < LargestMessage)
            {
                var part = await socket.ReceiveAsync(buffer.AsMemory(), stop);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    return null;
                }

                text.Write(buffer, 0, part.Count);
                if (part.EndOfMessage)
                {
                    return JsonSerializer.Deserialize(text.GetBuffer().AsSpan(0, (int)text.Length), ContractsJson.Default.SrsMessage);
                }
            }
        }
        catch (Exception failure) when (failure is WebSocketException or JsonException)
        {
            socket.Abort();
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // So a receive ends when the socket is aborted from here: another connection took the device's place.
        }

        return null;
    }

    public void Dispose() => _sending.Dispose();
}
