using Tandem.Contracts.Cti;
using Tandem.Contracts.Media;
using Tandem.Contracts.Srs;
using Tandem.Recordings;
using Tandem.Recordings.Capture;
using Tandem.Recordings.Policy;
using Tandem.WebServices.Agents;
using Tandem.WebServices.Cti;
using Tandem.WebServices.Devices;
using Tandem.WebServices.Interactions;
using Tandem.WebServices.Store;

namespace Tandem.WebServices.Desks;

/// <summary>Where events meet desks: judges each by the capture rule, stores what follows, then tells devices and
/// watchers. One change at a time.</summary>
internal sealed class DeskDirector(
    DataStore store,
    AgentDirectory directory,
    DeskRoster roster,
    DeskPlanner planner,
    DeskWriter writer,
    DeskWatchers watchers,
    DeviceSockets sockets,
    CallHistory history,
    TimeProvider time) : ICtiListener
{
    private readonly CaptureRule _rule = new(Random.Shared.NextDouble);
    private readonly AsyncGate _gate = new();

    /// <summary>Commands go out after a first small commit; history and position follow in a second. A crash between
    /// the two replays the batch, which changes nothing the second time.</summary>
    public Task TakeAsync(CtiBatch batch, CancellationToken stop) => _gate.RunAsync(
        async () =>
        {
            var nowUs = time.NowMicros();
            var changes = batch.Events
                .Where(about => about.ThisDN is not null)
                .GroupBy(about => roster.ByDn(about.ThisDN!)?.AgentId)
                .Where(own => own.Key is not null)
                .Select(own => Judge(roster.Of(own.Key!), [.. own], batch.SourceUri, nowUs))
                .ToList();
            var urgent = changes.Where(change => change.Commands.Count > 0).ToList();
            await CommitAsync(urgent, nowUs, null, stop);
            await CommitAsync(
                [.. changes.Except(urgent)], nowUs,
                async db =>
                {
                    await history.TakeAsync(db, batch.Events, stop);
                    await CtiPositions.SaveAsync(db, batch, stop);
                },
                stop);
        },
        stop);

    /// <summary>Binds the agent to the device: the latest sign-in records, an earlier device stops.</summary>
    public Task<string> SignInAsync(string agentId, string deviceId, string? place, string? dn, CancellationToken stop) => _gate.RunAsync(
        async () =>
        {
            var nowUs = time.NowMicros();
            if (roster.ByDevice(deviceId) is { } former && former.AgentId != agentId)
            {
                await LeaveAsync(former, EndReason.SignedOut, nowUs, stop);
            }

            if (roster.Of(agentId) is { DeviceId: not null } elsewhere && elsewhere.DeviceId != deviceId)
            {
                await LeaveAsync(elsewhere, EndReason.SignedOut, nowUs, stop);
            }

            var desk = roster.Of(agentId);
            var after = desk with
            {
                DeviceId = deviceId,
                SessionId = Guid.NewGuid().ToString(),
                Dn = directory.ById(agentId)?.Dn ?? dn,
                Actual = desk.DeviceId == deviceId ? desk.Actual : null,
            };
            var verdict = _rule.SignedIn(after.Capture, PolicyOf(agentId), nowUs);
            var change = planner.Plan(desk, after with { Capture = verdict.State }, verdict.Steps, nowUs);
            await CommitAsync([change], nowUs, db => Bindings.OpenAsync(db, change.After, place, nowUs, stop), stop);
            return after.SessionId;
        },
        stop);

    /// <returns>The agent who was signed in there; null when nobody was.</returns>
    public Task<string?> SignOutAsync(string deviceId, CancellationToken stop) => _gate.RunAsync(
        async () =>
        {
            var desk = roster.ByDevice(deviceId);
            if (desk is not null)
            {
                await LeaveAsync(desk, EndReason.SignedOut, time.NowMicros(), stop);
            }

            return desk?.AgentId;
        },
        stop);

    /// <summary>Signed in for contacts or not: whether the DN's events are wanted for their own sake.</summary>
    public Task SetAtWorkAsync(string agentId, bool atWork, CancellationToken stop) => _gate.RunAsync(
        () =>
        {
            var desk = roster.Of(agentId);
            var after = desk with { AtWork = atWork, Dn = directory.ById(agentId)?.Dn ?? desk.Dn };
            return CommitAsync([planner.Plan(desk, after, [], 0)], time.NowMicros(), null, stop);
        },
        stop);

    /// <summary>A supervisor begins to watch the agent's screen, or the last one has gone.</summary>
    public Task WatchAsync(string agentId, bool watched, CancellationToken stop) => _gate.RunAsync(
        () =>
        {
            var desk = roster.Of(agentId);
            var change = planner.Plan(desk, desk with { Watched = watched }, [], 0);
            return desk.Watched == watched ? Task.CompletedTask : CommitAsync([planner.Tell(change)], time.NowMicros(), null, stop);
        },
        stop);

    /// <summary>A device says what it really does.</summary>
    public Task ReportedAsync(string deviceId, ActualState actual, CancellationToken stop) => _gate.RunAsync(
        async () =>
        {
            if (roster.ByDevice(deviceId) is { } desk)
            {
                roster.Put(desk with { Actual = actual });
                watchers.Changed(desk.AgentId);
            }

            await store.WriteAsync(db => ActualStates.StoreAsync(db, deviceId, actual, time.NowMicros(), stop), stop);
        },
        stop);

    /// <summary>Judges every desk whose time has come.</summary>
    public Task TickAsync(CancellationToken stop)
    {
        var nowUs = time.NowMicros();
        var due = roster.All.Where(desk => CaptureRule.NextTickUs(desk.Capture, PolicyOf(desk.AgentId)) <= nowUs).ToList();
        return due.Count == 0 ? Task.CompletedTask : _gate.RunAsync(
            () => CommitAsync(
                [.. due.Select(desk => roster.Of(desk.AgentId))
                    .Select(desk => planner.Plan(desk, _rule.Tick(desk.Capture, PolicyOf(desk.AgentId), nowUs), nowUs))],
                nowUs, null, stop),
            stop);
    }

    private DeskChange Judge(AgentDesk desk, IReadOnlyList<CtiEvent> events, string source, long nowUs)
    {
        var calls = events.Aggregate(desk.Calls, (known, about) => LiveCalls.Apply(known, about, source));
        var verdict = _rule.Events(desk.Capture, PolicyOf(desk.AgentId), events, nowUs, source);
        return planner.Plan(desk, desk with { Capture = verdict.State, Calls = calls }, verdict.Steps, nowUs);
    }

    private Task LeaveAsync(AgentDesk desk, EndReason reason, long nowUs, CancellationToken stop)
    {
        var verdict = CaptureRule.SignedOut(desk.Capture, reason);
        var after = desk with { Capture = verdict.State, DeviceId = null, SessionId = null, Actual = null };
        var change = planner.Plan(desk, after, verdict.Steps, nowUs);
        return CommitAsync([change], nowUs, db => Bindings.CloseAsync(db, desk.SessionId, nowUs, stop), stop);
    }

    private async Task CommitAsync(List<DeskChange> changes, long nowUs, Func<TandemDb, Task>? also, CancellationToken stop)
    {
        if (changes.Count == 0 && also is null)
        {
            return;
        }

        var commands = await store.WriteAsync(
            async db =>
            {
                var all = new List<DeskCommand>();
                foreach (var change in changes.Where(change => NeedsRow(change)))
                {
                    all.AddRange(await writer.WriteAsync(db, change, nowUs, stop));
                }

                await (also?.Invoke(db) ?? Task.CompletedTask);
                return all;
            },
            stop);
        foreach (var change in changes)
        {
            roster.Put(change.After);
        }

        await Task.WhenAll(commands.Select(command => sockets.SendAsync(command.DeviceId, command.State, stop)));
        foreach (var change in changes)
        {
            watchers.Changed(change.After.AgentId);
        }
    }

    private static bool NeedsRow(DeskChange change) =>
        change.Missing.Count > 0 || change.Commands.Count > 0
        || change.Before with { Calls = change.After.Calls, Actual = change.After.Actual } != change.After;

    private RecordingPolicy PolicyOf(string agentId) => directory.ById(agentId)?.Policy ?? RecordingPolicy.Default;
}
