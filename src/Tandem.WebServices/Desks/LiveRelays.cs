using System.Collections.Concurrent;

namespace Tandem.WebServices.Desks;

/// <summary>One relay per agent.</summary>
internal sealed class LiveRelays
{
    private readonly ConcurrentDictionary<string, LiveRelay> _relays = new();

    public LiveRelay Of(string agentId) => _relays.GetOrAdd(agentId, _ => new LiveRelay());
}
