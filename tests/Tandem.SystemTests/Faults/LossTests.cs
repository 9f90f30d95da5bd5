using Tandem.Contracts.Cti;
using Tandem.Lab.Results;
using Tandem.Lab.Scenarios;
using Tandem.Lab.World;
using Tandem.TestKit;

namespace Tandem.SystemTests.Faults;

/// <summary>Processes end in the middle of a call; what was recorded is there when they are back.</summary>
public sealed class LossTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_server_ends_in_the_middle_of_a_call(bool killed)
    {
        var stop = TestContext.Current.CancellationToken;
        using var folder = new TempFolder();
        await using var world = await StartAsync(folder, stop);
        var spokenMs = await CallAsync(world, stop);
        await world.StopAsync("web", killed);
        await world.StartAsync("web", stop);

        var stored = await AwaitAsync(world, stop);
        var segment = Assert.Single(stored.Segments);
        // SIGTERM loses nothing; a kill at most the second that was not yet written, and the record it cuts.
        Assert.InRange(segment.DurationMs, spokenMs - (killed ? 2000 : 300), spokenMs + 4000);
        var screen = Assert.Single(stored.Screens);
        Assert.InRange(screen.DurationMs, spokenMs - 2000, 60_000);
    }

    [Fact]
    public async Task Srs_ends_in_the_middle_of_a_call()
    {
        var stop = TestContext.Current.CancellationToken;
        using var folder = new TempFolder();
        await using var world = await StartAsync(folder, stop);
        var spokenMs = await CallAsync(world, stop);
        Assert.Equal(0, await world.Agents["a1"].Recorder!.StopAsync());
        await world.Customer.Calls[^1].HangUpAsync(stop);
        await world.Agents["a1"].StartRecorderAsync(null, stop);

        var stored = await AwaitAsync(world, stop);
        var screen = Assert.Single(stored.Screens);
        Assert.InRange(screen.DurationMs, spokenMs - 2000, 60_000);
        Assert.Equal("shutDown", screen.EndReason);
    }

    private static Task<SimulatedWorld> StartAsync(TempFolder folder, CancellationToken stop) => SimulatedWorld.StartAsync(
        new WorldOptions { Agents = 1, DataFolder = folder.Path, Addresses = ServerAddresses.Free() }, TimeProvider.System, stop);

    private static async Task<long> CallAsync(SimulatedWorld world, CancellationToken stop)
    {
        var simple = ScenarioCatalogue.Find("simple")!;
        var begin = simple with { Steps = [.. simple.Steps.TakeWhile(step => step.Kind != StepKind.Hangup)] };
        await new ScenarioPlayer(world, TimeProvider.System, _ => { }).PlayAsync(begin, stop);
        var on = world.Cti.Events.First(e => e.Name == CtiEventNames.Recording);
        return (long)(TimeProvider.System.GetUtcNow() - on.Time).TotalMilliseconds;
    }

    private static async Task<StoredInteraction> AwaitAsync(SimulatedWorld world, CancellationToken stop)
    {
        var limit = TimeProvider.System.GetUtcNow().AddSeconds(60);
        while (true)
        {
            var all = await InteractionReader.ReadAllAsync(world.Admin, stop);
            if (all is [{ Segments.Count: 1, Screens.Count: 1, IsAvailable: true } only])
                return only;
            Assert.True(TimeProvider.System.GetUtcNow() < limit, $"not whole in time: {string.Join(", ", all)}\n{world.Tails()}");
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, stop);
        }
    }
}
