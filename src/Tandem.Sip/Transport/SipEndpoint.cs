using System.Collections.Concurrent;
using System.Net;
using Tandem.Sip.Messages;
using Tandem.Sip.Resolution;
using Tandem.Sip.Transactions;

namespace Tandem.Sip.Transport;

/// <summary>
/// Sockets and transactions of one SIP element: UDP and TCP (and TLS) listeners, matching of responses and retransmissions, a handler
/// for new requests. Handlers run on the receiving thread, in order of arrival per source; they must not block.
/// </summary>
public sealed partial class SipEndpoint : IAsyncDisposable
{
    private readonly ConcurrentDictionary<(string Branch, string Method), ClientTransaction> _clients = new();
    private readonly ConcurrentDictionary<TransactionKey, ServerTransaction> _servers = new();
    private readonly ConcurrentDictionary<MergeKey, TransactionKey> _merge = new();
    private readonly SpentTransactions _spent;
    private readonly List<UdpListener> _udp = [];
    private readonly List<StreamListener> _streams = [];
    private readonly ConnectionPool _pool;
    private readonly ISipObserver? _observer;
    private readonly LocalRoute _routes = new();
    private readonly SipLocator _locator;
    private int _unanswered;
    private volatile bool _closed;

    private SipEndpoint(SipEndpointOptions options, TimeProvider time, ISipObserver? observer)
    {
        Options = options;
        Time = time;
        _observer = observer;
        _pool = new ConnectionPool(this);
        _spent = new SpentTransactions(time, Forget);
        _locator = new SipLocator(new DnsLookup(options.NameServers ?? DnsLookup.SystemServers(), time));
    }

    /// <summary>Binds and starts.</summary>
    /// <exception cref="SipListenException">An address cannot be bound; the message names it.</exception>
    public static SipEndpoint Start(SipEndpointOptions options, TimeProvider time, ISipObserver? observer = null)
    {
        var endpoint = new SipEndpoint(options, time, observer);
        try
        {
            ListenerSet.Bind(endpoint, options, endpoint._udp, endpoint._streams);
        }
        catch (SipListenException)
        {
            endpoint.CloseSockets();
            throw;
        }
        endpoint.Listeners =
        [
            .. endpoint._udp.Select(l => new SipListener(SipTransport.Udp, l.LocalEndPoint)),
            .. endpoint._streams.Select(l => new SipListener(l.Transport, l.LocalEndPoint)),
        ];
        foreach (var listener in endpoint._udp) listener.Start();
        foreach (var listener in endpoint._streams) listener.Start();
        return endpoint;
    }

    /// <summary>What is bound, with actual ports.</summary>
    public IReadOnlyList<SipListener> Listeners { get; private set; } = [];

    /// <summary>Takes each new request except ACK and CANCEL; must answer it, now or later. Null: 501.</summary>
    public Action<ServerTransaction>? OnRequest { get; set; }

    /// <summary>Takes the ACK to a 2xx (it has no transaction).</summary>
    public Action<SipRequest, SipSource>? OnAck { get; set; }

    /// <summary>The options it was started with.</summary>
    public SipEndpointOptions Options { get; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; }

    /// <summary>Requests received and not finally answered yet.</summary>
    public int UnansweredCount => Volatile.Read(ref _unanswered);

    /// <summary>Transactions alive, those that only wait for repeats included.</summary>
    public int TransactionCount => _clients.Count + _servers.Count + _spent.Count;

    /// <summary>Stream connections standing.</summary>
    public int ConnectionCount => _pool.Count;

    /// <summary>The address to put into Contact and SDP towards this peer; null: the first listener's.</summary>
    public IPEndPoint AddressTowards(SipDestination? destination)
    {
        var local = LocalFor(destination) ?? Listeners[0].Address;
        if (Options.Advertise is { } advertised && advertised.AddressFamily == local.AddressFamily) return new IPEndPoint(advertised, local.Port);
        if (!local.Address.Equals(IPAddress.Any) && !local.Address.Equals(IPAddress.IPv6Any)) return local;
        return new IPEndPoint(_routes.Towards(destination?.Address.Address, local.AddressFamily), local.Port);
    }

    /// <summary>Closes sockets; transactions end silently.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_closed) return;
        _closed = true;
        foreach (var transaction in _servers.Values) transaction.Stop();
        foreach (var transaction in _clients.Values) transaction.Stop();
        _servers.Clear();
        _clients.Clear();
        _spent.Dispose();
        await _pool.DisposeAsync();
        CloseSockets();
    }

    internal ISipObserver? Observer => _observer;

    internal ConnectionPool Pool => _pool;

    private IPEndPoint? LocalFor(SipDestination? destination)
    {
        if (destination is null) return null;
        foreach (var listener in Listeners)
        {
            if (listener.Transport == destination.Transport && listener.Address.AddressFamily == destination.Address.AddressFamily)
                return listener.Address;
        }
        return null;
    }

    private void CloseSockets()
    {
        foreach (var listener in _udp) listener.Dispose();
        foreach (var listener in _streams) listener.Dispose();
    }
}
