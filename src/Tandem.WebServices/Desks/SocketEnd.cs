using System.Net.WebSockets;

namespace Tandem.WebServices.Desks;

/// <summary>For sockets whose other end has nothing to say.</summary>
internal static class SocketEnd
{
    /// <summary>Reads until it ends, then cancels.</summary>
    public static async Task WaitAsync(WebSocket socket, CancellationTokenSource gone)
    {
        var buffer = new byte[256];
        try
        {
            while ((await socket.ReceiveAsync(buffer.AsMemory(), gone.Token)).MessageType != WebSocketMessageType.Close)
            {
                // Nothing that is said here matters.
            }
        }
        catch (Exception failure) when (failure is WebSocketException or OperationCanceledException)
        {
            socket.Abort();
        }

        await gone.CancelAsync();
    }
}
