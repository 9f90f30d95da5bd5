using System.Collections.Concurrent;
using Tandem.Contracts.Srs;

namespace Tandem.WebServices.Devices;

/// <summary>The sockets this node holds.</summary>
internal sealed class DeviceSockets
{
    private readonly ConcurrentDictionary<string, DeviceSocket> _sockets = new();

    public bool Connected(string deviceId) => _sockets.ContainsKey(deviceId);

    /// <summary>A device that connects anew replaces its former socket.</summary>
    public void Add(DeviceSocket socket)
    {
        if (_sockets.TryGetValue(socket.DeviceId, out var former))
        {
            former.Abort();
        }

        _sockets[socket.DeviceId] = socket;
    }

    public void Remove(DeviceSocket socket) => _sockets.TryRemove(KeyValuePair.Create(socket.DeviceId, socket));

    /// <summary>Does nothing for a device that is away: it reads the outbox when it is back.</summary>
    public Task SendAsync(string deviceId, DesiredState state, CancellationToken stop) =>
        _sockets.TryGetValue(deviceId, out var socket)
            ? socket.SendAsync(new SrsMessage { Desired = state }, stop)
            : Task.CompletedTask;
}
