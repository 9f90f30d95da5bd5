using System.Threading.Channels;
using Tandem.Contracts.Srs;

namespace Tandem.WebServices.Desks;

/// <summary>Hands one screen on to those who watch it, in memory. Keeps what a newcomer needs: the part, its init segment
/// and all since the newest key frame. Thread-safe.</summary>
internal sealed class LiveRelay
{
    private const int MostKeptBytes = 16 << 20;
    private const int MostWaiting = 512;

    private readonly Lock _lock = new();
    private readonly List<Channel<LiveMessage>> _watchers = [];
    private readonly List<LiveMessage> _kept = [];
    private int _keptBytes;

    /// <summary>How many messages the part and its init segment are.</summary>
    private int _introduction;

    /// <summary>A new part begins.</summary>
    public void Begin(ReadOnlyMemory<byte> part)
    {
        lock (_lock)
        {
            _kept.Clear();
            _keptBytes = _introduction = 0;
            Keep(new LiveMessage(true, part));
            _introduction = 1;
        }
    }

    /// <param name="framed">Kind (<see cref="LivePart"/>), then the media.</param>
    public void Take(ReadOnlyMemory<byte> framed)
    {
        lock (_lock)
        {
            if (framed.Length < 2 || _introduction == 0)
            {
                return;
            }

            if (framed.Span[0] == LivePart.KeyFragment || _keptBytes > MostKeptBytes)
            {
                _kept.RemoveRange(_introduction, _kept.Count - _introduction);
                _keptBytes = 0;
            }

            Keep(new LiveMessage(false, framed[1..]));
            _introduction += framed.Span[0] == LivePart.Init ? 1 : 0;
        }
    }

    /// <summary>The screen is no longer sent.</summary>
    public void End()
    {
        lock (_lock)
        {
            _kept.Clear();
            _keptBytes = _introduction = 0;
        }
    }

    /// <returns>What to send; it ends for a watcher that is too slow. <see cref="Leave"/> must follow.</returns>
    public Channel<LiveMessage> Join()
    {
        lock (_lock)
        {
            var watcher = Channel.CreateBounded<LiveMessage>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
            _watchers.Add(watcher);
            foreach (var message in _kept)
            {
                watcher.Writer.TryWrite(message);
            }

            return watcher;
        }
    }

    /// <returns>True when nobody is left.</returns>
    public bool Leave(Channel<LiveMessage> watcher)
    {
        lock (_lock)
        {
            _watchers.Remove(watcher);
            return _watchers.Count == 0;
        }
    }

    private void Keep(LiveMessage message)
    {
        _kept.Add(message);
        _keptBytes += message.Bytes.Length;
        foreach (var watcher in _watchers)
        {
            if (!watcher.Writer.TryWrite(message))
            {
                watcher.Writer.TryComplete();
            }
        }
    }
}
