using Tandem.Contracts.Cti;
using Tandem.Lab.Clients;

namespace Tandem.SipServer.Tests.Golden;

/// <summary>Hears what CTI clients are told step by step; answers to requests are left out, but for what a client that comes
/// back is told of its DNs.</summary>
/// <param name="watchers">Those who are there at first have registered already; more may come.</param>
internal sealed class GoldenEars(List<CtiWatcher> watchers)
{
    private readonly Dictionary<CtiWatcher, int> _settled = watchers.ToDictionary(watcher => watcher, watcher => watcher.Batches.Count);
    private Dictionary<CtiWatcher, int> _heard = [];
    private GoldenText _text = new();
    private GoldenText _trial = new();

    /// <summary>The lines of what came since the last step.</summary>
    public IReadOnlyList<string> Listen()
    {
        var batches = new List<IReadOnlyList<CtiEvent>>();
        _heard = [];
        foreach (var watcher in watchers)
        {
            var told = watcher.Batches;
            _heard[watcher] = told.Count;
            batches.AddRange(told.Skip(_settled.GetValueOrDefault(watcher))
                .Where(batch => batch.All(one => one.ReferenceID is null || one.Snapshot is not null)));
        }

        _trial = _text.Copy();
        return _trial.Of(batches);
    }

    /// <summary>What was heard last is a step's.</summary>
    public void Settle()
    {
        _text = _trial;
        foreach (var (watcher, count) in _heard) _settled[watcher] = count;
    }
}
