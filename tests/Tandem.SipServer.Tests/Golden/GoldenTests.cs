using Tandem.Contracts.Cti;
using Tandem.Lab.Clients;
using Tandem.Lab.Scenarios;
using Tandem.Lab.World;
using Tandem.SipServer.Tests.Live;

namespace Tandem.SipServer.Tests.Golden;

/// <summary>The events of every scenario, whole: each attribute, each party, each step.</summary>
public sealed class GoldenTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static TheoryData<string> Names => [.. ScenarioCatalogue.All.Select(scenario => scenario.Name)];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Events_are_as_the_golden_file_says(string name)
    {
        var scenario = ScenarioCatalogue.Find(name)!;
        var golden = GoldenFile.Read(name);
        await using var server = await StartAsync(scenario);
        await using var recorder = scenario.Steps.Any(step => step.Kind is StepKind.Fork) ? await RealMcp.StartAsync(server.McpPort) : null;
        await using var player = new GoldenPlayer(server);
        if (recorder is not null) player.Watchers.Add(await recorder.WatchAsync(Parties.DnOf("a1")));
        var heard = new GoldenEars(player.Watchers);
        var index = 0;
        await StepAsync("the agents sign in and are ready", () => player.SignInAsync(scenario.Agents), slow: false);
        foreach (var step in scenario.Steps.Where(step => step.Kind is not StepKind.Talk))
            await StepAsync(GoldenPlayer.Describe(step), () => player.PlayAsync(step), GoldenPlayer.IsSlow(step));
        if (GoldenFile.WriteTo is not null) golden.Write(name, scenario.Summary);
        else Assert.Equal(golden.Count, index);
        Assert.All(player.Watchers, watcher => NumbersGrow(watcher.Events));

        async Task StepAsync(string title, Func<Task> act, bool slow)
        {
            await act();
            var wanted = golden.Section(index, title);
            var found = await SettleAsync(heard, wanted, slow);
            if (found.Length > 1) golden.Add(found);
            if (wanted.Length > 1) index++;
        }
    }

    /// <summary>Waits for what the golden file says of this step, or, to write one, until nothing more comes.</summary>
    private static async Task<string[]> SettleAsync(GoldenEars heard, string[] wanted, bool slow)
    {
        var (limit, quietSince) = (TimeProvider.System.GetUtcNow() + Patience, TimeProvider.System.GetUtcNow());
        var quiet = TimeSpan.FromSeconds(slow ? 10 : 1);
        for (var seen = -1; ; await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Stop))
        {
            var now = TimeProvider.System.GetUtcNow();
            var lines = heard.Listen();
            if (seen != lines.Count) (seen, quietSince) = (lines.Count, now);
            string[] found = [wanted[0], .. lines];
            if (GoldenFile.WriteTo is null ? !found.SequenceEqual(wanted) && now < limit : now - quietSince < quiet) continue;
            if (GoldenFile.WriteTo is null) Assert.Equal(string.Join('\n', wanted), string.Join('\n', found));
            heard.Settle();
            return found;
        }
    }

    private static Task<LiveServer> StartAsync(Scenario scenario)
    {
        var customers = new[] { Parties.Customer, Parties.SecondCustomer }.Take(scenario.Customers).Select(party => (Parties.DnOf(party), false));
        var agents = Enumerable.Range(1, scenario.Agents).Select(number => (Parties.DnOf(Parties.Agent(number)), scenario.FullTime));
        var options = new Dictionary<string, string?>();
        if (scenario.RingSeconds is { } seconds) options["ringSeconds"] = $"{seconds}";
        var forked = scenario.Steps.Any(step => step.Kind is StepKind.Fork);
        return LiveServer.StartAsync(options, !forked, [.. customers, .. agents]);
    }

    private static void NumbersGrow(IReadOnlyList<CtiEvent> events)
    {
        var numbers = events.Where(one => one.ReferenceID is null).Select(one => one.Position!.Number).ToArray();
        Assert.Equal(numbers.Order(), numbers);
        Assert.Equal(numbers.Distinct(), numbers);
        var times = events.Where(one => one.ReferenceID is null).Select(one => one.Time).ToArray();
        Assert.Equal(times.Order(), times);
    }
}
