using System.Net.WebSockets;

namespace Tandem.Hosting;

/// <summary>Opens WebSockets towards servers.</summary>
public static class ClientSockets
{
    /// <summary>Connects. A socket that is stopped in the moment in which it connects says that it is disposed of; here it says, as in
    /// every other moment, that it was stopped.</summary>
    /// <exception cref="WebSocketException">Nobody answers there, or not with a WebSocket.</exception>
    /// <exception cref="OperationCanceledException"/>
    public static async Task OpenAsync(this ClientWebSocket socket, Uri address, CancellationToken stop)
    {
        try
        {
            await socket.ConnectAsync(address, stop);
        }
        catch (ObjectDisposedException) when (stop.IsCancellationRequested)
        {
            throw new OperationCanceledException(stop);
        }
    }
}
