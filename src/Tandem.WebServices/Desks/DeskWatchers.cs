using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Tandem.WebServices.Desks;

/// <summary>Who wants to know when an agent's desk changes: workspace pages and requests that wait for a confirmation.
/// A signal carries nothing; many changes may be one signal.</summary>
internal sealed class DeskWatchers
{
    private readonly ConcurrentDictionary<(string AgentId, Channel<bool> Signals), bool> _watchers = new();

    public IDisposable Watch(string agentId, out ChannelReader<bool> signals)
    {
        var channel = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        signals = channel.Reader;
        _watchers[(agentId, channel)] = true;
        return new Watching(() => _watchers.TryRemove((agentId, channel), out _));
    }

    public void Changed(string agentId)
    {
        foreach (var (watcher, _) in _watchers)
        {
            if (watcher.AgentId == agentId)
            {
                watcher.Signals.Writer.TryWrite(true);
            }
        }
    }

    private sealed class Watching(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
