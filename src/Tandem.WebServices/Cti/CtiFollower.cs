using Tandem.Contracts.Cti;
using Tandem.WebServices.Store;

namespace Tandem.WebServices.Cti;

/// <summary>One connection's way through the log: drops what was taken before, and says what position may be stored
/// with each batch. While DNs are still being replayed one after the other only the single DN's position counts.</summary>
internal sealed class CtiFollower(string sourceUri, CtiPositions positions, ICtiListener listener)
{
    private readonly AsyncGate _order = new();
    private CtiPosition? _newest;
    private bool _live;

    public Task TakeAsync(IReadOnlyList<CtiEvent> batch, CancellationToken stop) => _order.RunAsync(
        () =>
        {
            var fresh = batch.Where(about => !positions.Seen(about)).ToList();
            return fresh.Count == 0 ? Task.CompletedTask : HandOnAsync(fresh, PositionsOf(fresh), stop);
        },
        stop);

    /// <summary>Every wanted DN has been replayed: positions count for all from here.</summary>
    /// <param name="opened">The newest event when the connection was opened.</param>
    public Task FollowLiveAsync(CtiPosition? opened, CancellationToken stop) => _order.RunAsync(
        () =>
        {
            _live = true;
            var reached = Later(opened, _newest);
            return reached is not null && positions.Advances(reached)
                ? HandOnAsync([], new Dictionary<string, CtiPosition> { [CtiPositions.AllDns] = reached }, stop)
                : Task.CompletedTask;
        },
        stop);

    private async Task HandOnAsync(IReadOnlyList<CtiEvent> events, IReadOnlyDictionary<string, CtiPosition> reached, CancellationToken stop)
    {
        await listener.TakeAsync(new CtiBatch(sourceUri, events, reached), stop);
        positions.Remember(reached);
    }

    private Dictionary<string, CtiPosition> PositionsOf(List<CtiEvent> events)
    {
        var reached = new Dictionary<string, CtiPosition>();
        foreach (var about in events.Where(about => about.Position is not null && about.Name != CtiEventNames.LinkConnected))
        {
            _newest = Later(_newest, about.Position);
            reached[_live ? CtiPositions.AllDns : about.ThisDN ?? CtiPositions.AllDns] = about.Position!;
        }

        return reached;
    }

    private static CtiPosition? Later(CtiPosition? one, CtiPosition? other) =>
        one is null || (other is not null && other.Epoch == one.Epoch && other.Number > one.Number) ? other : one;
}
