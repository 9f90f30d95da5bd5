using Tandem.Contracts.Cti;
using Tandem.Lab.Scenarios;
using Tandem.Lab.World;
using Tandem.SipServer.Tests.Live;

namespace Tandem.SipServer.Tests.Golden;

/// <summary>The events of every scenario, whole: each attribute, each party, each step.</summary>
public sealed class GoldenTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static TheoryData<string> Names =>
        [.. ScenarioCatalogue.All.Where(GoldenPlayer.CanPlay).Select(scenario => scenario.Name)];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Events_are_as_the_golden_file_says(string name)
    {
        var scenario = ScenarioCatalogue.Find(name)!;
        var golden = GoldenFile.Read(name);
        await using var server = await StartAsync(scenario);
        var player = new GoldenPlayer(server);
        var text = new GoldenText();
        var (index, told) = (0, 0);
        await StepAsync("the agents sign in and are ready", () => player.SignInAsync(scenario.Agents));
        foreach (var step in scenario.Steps.Where(step => step.Kind is not StepKind.Talk))
            await StepAsync(GoldenPlayer.Describe(step), () => player.PlayAsync(step));
        if (GoldenFile.WriteTo is not null) golden.Write(name, scenario.Summary);
        else Assert.Equal(golden.Count, index);
        NumbersGrow(server.Cti.Events);

        async Task StepAsync(string title, Func<Task> act)
        {
            await act();
            var wanted = golden.Section(index, title);
            (text, told, var found) = await SettleAsync(server, wanted, text, told);
            if (found.Length > 1) golden.Add(found);
            if (wanted.Length > 1) index++;
        }
    }

    /// <summary>Waits for what the golden file says of this step, or, to write one, until nothing more comes.</summary>
    private static async Task<(GoldenText Text, int Told, string[] Found)> SettleAsync(
        LiveServer server, string[] wanted, GoldenText text, int told)
    {
        var (limit, quietSince) = (TimeProvider.System.GetUtcNow() + Patience, TimeProvider.System.GetUtcNow());
        for (var seen = -1; ; await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Stop))
        {
            var now = TimeProvider.System.GetUtcNow();
            var batches = server.Cti.Batches;
            if (seen != batches.Count) (seen, quietSince) = (batches.Count, now);
            var trial = text.Copy();
            string[] found = [wanted[0], .. trial.Of([.. batches.Skip(told).Where(batch => batch.All(one => one.ReferenceID is null))])];
            if (GoldenFile.WriteTo is null ? !found.SequenceEqual(wanted) && now < limit : now - quietSince < TimeSpan.FromSeconds(1)) continue;
            if (GoldenFile.WriteTo is null) Assert.Equal(string.Join('\n', wanted), string.Join('\n', found));
            return (trial, seen, found);
        }
    }

    private static Task<LiveServer> StartAsync(Scenario scenario)
    {
        var customers = new[] { Parties.Customer, Parties.SecondCustomer }.Take(scenario.Customers).Select(party => (Parties.DnOf(party), false));
        var agents = Enumerable.Range(1, scenario.Agents).Select(number => (Parties.DnOf(Parties.Agent(number)), scenario.FullTime));
        var options = new Dictionary<string, string?>();
        if (scenario.RingSeconds is { } seconds) options["ringSeconds"] = $"{seconds}";
        return LiveServer.StartAsync(options, true, [.. customers, .. agents]);
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
