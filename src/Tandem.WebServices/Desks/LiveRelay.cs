using System.Threading.Channels;
using Tandem.Contracts.Srs;

namespace Tandem.WebServices.Desks;

/// <summary>Hands one screen on to those who watch it, in memory. Keeps what a newcomer needs: the part, and of each track its
/// init segment and all since its newest key frame. Thread-safe.</summary>
internal sealed class LiveRelay
{
    private const int MostKeptBytes = 16 << 20;
    private const int MostWaiting = 512;
    private const int PartItself = -1;

    private readonly Lock _lock = new();
    private readonly List<Channel<LiveMessage>> _watchers = [];
    private readonly List<Kept> _kept = [];
    private int _keptBytes;

    /// <summary>The part has several tracks, so watchers are told which one a message is of.</summary>
    private bool _several;

    /// <summary>A new part begins.</summary>
    /// <param name="several">It has a track for each monitor: binary messages keep their first byte. Else they lose it.</param>
    public void Begin(ReadOnlyMemory<byte> part, bool several)
    {
        lock (_lock)
        {
            Forget();
            _several = several;
            Keep(new Kept(PartItself, true, new LiveMessage(true, part)));
        }
    }

    /// <param name="framed">Kind and track (<see cref="LivePart"/>), then the media.</param>
    public void Take(ReadOnlyMemory<byte> framed)
    {
        lock (_lock)
        {
            if (framed.Length < 2 || _kept.Count == 0)
            {
                return;
            }

            var first = framed.Span[0];
            var (kind, track) = _several ? (first % LivePart.TrackUnit, first / LivePart.TrackUnit) : (first, 0);
            var full = _keptBytes > MostKeptBytes;
            if (kind == LivePart.KeyFragment || full)
            {
                _kept.RemoveAll(kept => !kept.Introduces && (full || kept.Track == track));
                _keptBytes = _kept.Where(kept => !kept.Introduces).Sum(kept => kept.Message.Bytes.Length);
            }

            Keep(new Kept(track, kind == LivePart.Init, new LiveMessage(false, _several ? framed : framed[1..])));
        }
    }

    /// <summary>The screen is no longer sent.</summary>
    public void End()
    {
        lock (_lock)
        {
            Forget();
        }
    }

    /// <returns>What to send; it ends for a watcher that is too slow. <see cref="Leave"/> must follow.</returns>
    public Channel<LiveMessage> Join()
    {
        lock (_lock)
        {
            var watcher = Channel.CreateBounded<LiveMessage>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
            _watchers.Add(watcher);
            foreach (var kept in _kept)
            {
                watcher.Writer.TryWrite(kept.Message);
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

    private void Forget()
    {
        _kept.Clear();
        _keptBytes = 0;
    }

    private void Keep(Kept kept)
    {
        _kept.Add(kept);
        _keptBytes += kept.Message.Bytes.Length;
        foreach (var watcher in _watchers)
        {
            if (!watcher.Writer.TryWrite(kept.Message))
            {
                watcher.Writer.TryComplete();
            }
        }
    }

    /// <param name="Introduces">The part, or a track's init segment: kept as long as the part lasts.</param>
    private readonly record struct Kept(int Track, bool Introduces, LiveMessage Message);
}
