using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Tandem.Sip.Transport;

/// <summary>The stream connections of an endpoint, accepted and made; one a peer address is reused for requests (RFC 5923, 5626).</summary>
internal sealed class ConnectionPool : IAsyncDisposable
{
    private readonly SipEndpoint _endpoint;
    private readonly ConcurrentDictionary<(SipTransport, IPEndPoint), StreamConnection> _byPeer = new();
    private readonly ITimer _sweep;

    public ConnectionPool(SipEndpoint endpoint)
    {
        _endpoint = endpoint;
        var every = TimeSpan.FromSeconds(30);
        _sweep = endpoint.Time.CreateTimer(static s => ((ConnectionPool)s!).Sweep(), this, every, every);
    }

    public int Count => _byPeer.Count;

    public void Accept(SipTransport transport, Socket socket)
    {
        if (_byPeer.Count >= _endpoint.Options.MaxConnections)
        {
            socket.Dispose();
            return;
        }
        var remote = (IPEndPoint)socket.RemoteEndPoint!;
        var connection = new StreamConnection(_endpoint, transport, remote, (IPEndPoint)socket.LocalEndPoint!, null);
        _byPeer[(transport, remote)] = connection;
        connection.Start(StreamOpener.AcceptAsync(transport, socket, _endpoint.Options, connection.Stop));
    }

    /// <summary>The standing connection to the peer, or a new one that is being opened.</summary>
    public StreamConnection To(SipDestination destination)
    {
        var key = (destination.Transport, destination.Address);
        while (true)
        {
            if (_byPeer.TryGetValue(key, out var standing) && !standing.IsClosed) return standing;
            var made = new StreamConnection(_endpoint, destination.Transport, destination.Address, null, destination.ServerName);
            var added = standing is null ? _byPeer.TryAdd(key, made) : _byPeer.TryUpdate(key, made, standing);
            if (!added) continue;
            made.Start(StreamOpener.ConnectAsync(destination, _endpoint.Options, made.Stop));
            return made;
        }
    }

    public void Remove(StreamConnection connection) =>
        _byPeer.TryRemove(new KeyValuePair<(SipTransport, IPEndPoint), StreamConnection>((connection.Transport, connection.Remote), connection));

    public async ValueTask DisposeAsync()
    {
        await _sweep.DisposeAsync();
        foreach (var connection in _byPeer.Values) connection.Close(null);
    }

    private void Sweep()
    {
        var limit = _endpoint.Options.ConnectionIdleLimit;
        foreach (var connection in _byPeer.Values)
        {
            if (connection.IsIdle(limit)) connection.Close(null);
        }
    }
}
