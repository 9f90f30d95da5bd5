using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Threading.Channels;
using Tandem.Sip.Parsing;

namespace Tandem.Sip.Transport;

/// <summary>One TCP or TLS connection: a reading loop and a writing queue.</summary>
[SuppressMessage("Reliability", "CA1001", Justification = "The source has no timer and no handle; it ends with the connection.")]
internal sealed class StreamConnection(SipEndpoint endpoint, SipTransport transport, IPEndPoint remote, IPEndPoint? local, string? serverName)
{
    /// <summary>A peer that does not read loses the connection before it costs memory.</summary>
    private const int MaxQueued = 4096;

    private readonly SipEndpoint _endpoint = endpoint;
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<byte[]> _outgoing = Channel.CreateBounded<byte[]>(
        new BoundedChannelOptions(MaxQueued) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
    private int _closed;
    private long _lastHeard = endpoint.Time.GetTimestamp();

    public SipTransport Transport { get; } = transport;

    public IPEndPoint Remote { get; } = remote;

    public string? ServerName { get; } = serverName;

    public CancellationToken Stop => _stop.Token;

    /// <summary>True once a client transaction was sent over it.</summary>
    public bool CarriedRequests { get; set; }

    public bool IsClosed => Volatile.Read(ref _closed) != 0;

    public void Start(Task<Stream> opening) => _ = RunAsync(opening);

    /// <summary>Queues bytes; false when the connection is gone or stuck.</summary>
    public bool Send(byte[] bytes)
    {
        if (IsClosed) return false;
        if (_outgoing.Writer.TryWrite(bytes)) return true;
        Close(new IOException("the peer does not read"));
        return false;
    }

    public bool IsIdle(TimeSpan limit) => _endpoint.Time.GetElapsedTime(Volatile.Read(ref _lastHeard)) > limit;

    /// <summary>Closes once; pending client transactions on it fail.</summary>
    public void Close(Exception? why)
    {
        if (Interlocked.Exchange(ref _closed, 1) != 0) return;
        _outgoing.Writer.TryComplete();
        _stop.Cancel();
        _endpoint.Pool.Remove(this);
        _endpoint.ConnectionLost(this);
        if (why is System.Security.Authentication.AuthenticationException) _endpoint.Observer?.Failed(why, "TLS with " + Remote);
    }

    private async Task RunAsync(Task<Stream> opening)
    {
        try
        {
            await using var stream = await opening;
            var writing = WriteAsync(stream);
            await ReadAsync(stream);
            Close(null);
            await writing;
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException
            or System.Net.Sockets.SocketException or System.Security.Authentication.AuthenticationException)
        {
            Close(e);
        }
        catch (Exception e)
        {
            _endpoint.Observer?.Failed(e, "serving a connection");
            Close(e);
        }
    }

    private async Task WriteAsync(Stream stream)
    {
        try
        {
            await foreach (var bytes in _outgoing.Reader.ReadAllAsync(CancellationToken.None))
                await stream.WriteAsync(bytes, CancellationToken.None);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            Close(e);
        }
    }

    private async Task ReadAsync(Stream stream)
    {
        var source = new SipSource(Transport, Remote, local ?? _endpoint.AddressTowards(new SipDestination(Transport, Remote))) { Connection = this };
        var max = _endpoint.Options.MaxMessageBytes;
        var buffer = new byte[4096];
        var filled = 0;
        while (true)
        {
            var n = await stream.ReadAsync(buffer.AsMemory(filled), _stop.Token);
            if (n == 0) return;
            filled += n;
            Volatile.Write(ref _lastHeard, _endpoint.Time.GetTimestamp());
            var used = 0;
            var kept = false;
            while (true)
            {
                var result = SipParser.ParseStream(buffer.AsMemory(used, filled - used), max);
                if (result.Verdict == SipVerdict.NeedMore) break;
                used += result.Consumed;
                kept |= result.Message is not null;
                if (!Take(result, source)) return;
                if (used == filled) break;
            }
            Compact(ref buffer, ref filled, used, kept, max);
        }
    }

    /// <summary>False: the stream cannot go on.</summary>
    private bool Take(SipParseResult result, SipSource source)
    {
        if (result.Verdict == SipVerdict.KeepAlive)
        {
            if (result.StatusCode == 200) Send("\r\n"u8.ToArray());
            return true;
        }
        if (result.Verdict == SipVerdict.Complete)
        {
            _endpoint.Take(result.Message!, source);
            return true;
        }
        _endpoint.Refuse(result, source);
        return !result.IsFramingLost;
    }

    /// <summary>Messages keep slices of the buffer, so it is replaced, not overwritten, once one was read from it.</summary>
    private static void Compact(ref byte[] buffer, ref int filled, int used, bool kept, int max)
    {
        var rest = filled - used;
        if (kept)
        {
            var fresh = new byte[Math.Max(4096, rest * 2)];
            buffer.AsSpan(used, rest).CopyTo(fresh);
            buffer = fresh;
        }
        else if (used > 0) buffer.AsSpan(used, rest).CopyTo(buffer);
        else if (filled == buffer.Length) Array.Resize(ref buffer, Math.Min(Math.Max(buffer.Length * 2, 8192), (2 * max) + 4096));
        filled = rest;
    }
}
