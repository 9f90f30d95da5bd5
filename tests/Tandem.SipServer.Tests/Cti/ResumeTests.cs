using Tandem.Contracts.Cti;
using Tandem.Lab.Clients;
using Tandem.Lab.Scenarios;
using Tandem.Lab.World;
using Tandem.SipServer.Tests.Golden;
using Tandem.SipServer.Tests.Live;

namespace Tandem.SipServer.Tests.Cti;

public sealed class ResumeTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>The connection dies at every event of a scenario: the client misses nothing and takes nothing twice; a
    /// client with rights to one DN gets that DN's events and no others.</summary>
    [Theory]
    [InlineData("two-step-transfer")]
    [InlineData("two-step-conference")]
    public async Task A_client_that_is_cut_off_at_every_event_misses_nothing_and_sees_nothing_twice(string name)
    {
        var scenario = ScenarioCatalogue.Find(name)!;
        string[] dns = [Parties.DnOf(Parties.Customer), Parties.DnOf("a1"), Parties.DnOf("a2")];
        await using var server = await LiveServer.StartAsync(true, [.. dns.Select(dn => (dn, dn[0] == '7'))]);
        await using var fragile = new FragileClient(server.CtiUri, LiveServer.Token, dns);
        await using var narrow = await CtiWatcher.OpenAsync(server.CtiUri, "token-of-the-narrow-one", ["7001"], Stop);
        await fragile.StartAsync(Stop);
        await using var player = new GoldenPlayer(server);
        await player.SignInAsync(scenario.Agents);
        foreach (var step in scenario.Steps)
        {
            await player.PlayAsync(step);
            if (step.Kind is StepKind.Answer) await server.ToldAsync(Parties.DnOf(step.Who), CtiEventNames.Established);
            if (step.Detail?.StartsWith("Complete", StringComparison.Ordinal) == true)
                await server.ToldAsync("7002", CtiEventNames.Recording, 3);
        }
        await server.ToldAsync("7002", CtiEventNames.Recording, 4);

        var told = Events(server.Cti.Events);
        await UntilAsync(() => fragile.Taken.Count >= told.Count);
        Assert.Equal(told.OrderBy(Place), Events(fragile.Taken).OrderBy(Place));
        foreach (var dn in dns)
            Assert.Equal(told.Where(one => one.Dn == dn), Events(fragile.Taken).Where(one => one.Dn == dn));
        Assert.True(fragile.Deaths > 10, $"it died only {fragile.Deaths} times");
        await UntilAsync(() => Events(narrow.Events).Count >= told.Count(one => one.Dn == "7001"));
        Assert.Equal(told.Where(one => one.Dn == "7001"), Events(narrow.Events));

        static long Place((string Dn, string Name, long Number) one) => one.Number;
    }

    private static IReadOnlyList<(string Dn, string Name, long Number)> Events(IEnumerable<CtiEvent> events) =>
        [.. events.Where(one => one.ReferenceID is null).Select(one => (one.ThisDN!, one.Name, one.Position!.Number))];

    private static async Task UntilAsync(Func<bool> done)
    {
        for (var tries = 0; !done() && tries < 1000; tries++)
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Stop);
    }
}
