using Tandem.Contracts.Cti;
using Tandem.Lab;
using Tandem.Lab.Results;
using Tandem.Lab.Scenarios;
using Tandem.Lab.World;

namespace Tandem.MainJob.Bench;

/// <summary>One agent with a real SRS on a painted display, a customer, a real server on a data folder of its own; and
/// calls between the two.</summary>
internal sealed class BenchWorld : IAsyncDisposable
{
    private const string Agent = "a1";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly SimulatedWorld _world;
    private readonly string _folder;

    private BenchWorld(SimulatedWorld world, string folder) => (_world, _folder) = (world, folder);

    public SimulatedWorld World => _world;

    public string DataFolder => _folder;

    public static async Task<BenchWorld> StartAsync(CancellationToken stop)
    {
        var folder = Directory.CreateTempSubdirectory("tandem-bench-").FullName;
        var world = await SimulatedWorld.StartAsync(
            new WorldOptions { Agents = 1, DataFolder = folder, Addresses = ServerAddresses.Free() }, TimeProvider.System, stop);
        return new BenchWorld(world, folder);
    }

    /// <summary>The customer calls, the agent answers, they talk, the customer hangs up; ends when both media can be
    /// played.</summary>
    public async Task<(StoredInteraction Interaction, CallTimings Timings)> CallAsync(double seconds, CancellationToken stop)
    {
        var before = _world.Cti.Events.Count;
        await new ScenarioPlayer(_world, TimeProvider.System, _ => { }).PlayAsync(Story(seconds), stop);
        var dn = Parties.DnOf(Agent);
        var established = _world.Cti.Events.Skip(before).First(e => e.Name == CtiEventNames.Established && e.ThisDN == dn);
        var released = await _world.Cti.WaitAsync(
            e => e.Name == CtiEventNames.Released && e.ThisDN == dn && e.ConnID == established.ConnID, Patience, stop);
        var (stored, playable) = await PlayableAsync(established.CallUUID!, stop);
        return (stored, new CallTimings(
            Ms(stored.Segments[0].Start - established.Time), Ms(stored.Screens[0].Start - established.Time), Ms(playable - released.Time)));
    }

    private static Scenario Story(double seconds) => new("bench", "A customer calls an agent.")
    {
        Agents = 1,
        Steps =
        [
            ScenarioStep.Dial(Parties.Customer, Agent), ScenarioStep.Answer(Agent), ScenarioStep.Talk(seconds),
            ScenarioStep.Hangup(Parties.Customer),
        ],
        Segments = [],
        Links = [],
    };

    private async Task<(StoredInteraction Stored, DateTimeOffset At)> PlayableAsync(string callUuid, CancellationToken stop)
    {
        var limit = TimeProvider.System.GetUtcNow() + Patience;
        while (true)
        {
            var stored = await InteractionReader.ReadAsync(_world.Admin, callUuid, stop);
            var now = TimeProvider.System.GetUtcNow();
            if (stored is { Segments.Count: 1, Screens.Count: 1, IsAvailable: true })
                return (stored, now);
            if (now > limit)
                throw new LabException($"call {callUuid} cannot be played {Patience.TotalSeconds:0} s after its end: {stored}");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, stop);
        }
    }

    private static double Ms(TimeSpan span) => span.TotalMilliseconds;

    public async ValueTask DisposeAsync()
    {
        await _world.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
