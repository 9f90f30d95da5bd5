using System.Xml.Linq;
using Tandem.Contracts.Cti;
using Tandem.Lab.Scenarios;
using Tandem.Lab.World;
using Tandem.SipServer.Tests.Golden;
using Tandem.SipServer.Tests.Live;

namespace Tandem.SipServer.Tests.Cti;

/// <summary>SUBSCRIBE and NOTIFY tell of a DN's calls what the CTI socket tells.</summary>
public sealed class WatchingTests
{
    private const string Watcher = "5009";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("two-step-transfer")]
    [InlineData("single-step-conference")]
    [InlineData("transfer-busy")]
    public async Task The_dialog_package_and_the_CTI_socket_agree(string name)
    {
        var scenario = ScenarioCatalogue.Find(name)!;
        string[] dns = [Parties.DnOf(Parties.Customer), Parties.DnOf("a1"), Parties.DnOf("a2")];
        await using var server = await LiveServer.StartAsync(true, [.. dns.Select(dn => (dn, dn[0] == '7'))]);
        await server.PutAsync($"/configuration/dns/{Watcher}", $$"""{"password":"pw-{{Watcher}}"}""");
        await using var watcher = new TestPhone(Watcher, server.SipPort);
        await watcher.RegisterAsync(Stop);
        foreach (var dn in dns) Assert.Equal(200, (await watcher.SubscribeAsync(dn)).StatusCode);
        await using var player = new GoldenPlayer(server);
        await player.SignInAsync(scenario.Agents);
        foreach (var step in scenario.Steps)
        {
            await player.PlayAsync(step);
            if (step.Kind is StepKind.Answer) await server.ToldAsync(Parties.DnOf(step.Who), CtiEventNames.Established);
        }

        foreach (var dn in dns)
        {
            var calls = Calls(server, dn);
            for (var tries = 0; tries < 1000 && !Dialogs(watcher, dn).SequenceEqual(calls); tries++)
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Stop);
            Assert.Equal(calls, Dialogs(watcher, dn));
            var versions = Documents(watcher, dn).Select(document => (int)document.Attribute("version")!).Order().ToArray();
            Assert.Equal(Enumerable.Range(0, versions.Length), versions);
        }
    }

    /// <summary>Each call of a DN, with whether it was ever answered and that it is over.</summary>
    private static string[] Calls(LiveServer server, string dn) =>
    [
        .. server.Cti.Events.Where(one => one.ThisDN == dn && one.ConnID is not null && one.ReferenceID is null)
            .GroupBy(one => one.ConnID!)
            .Select(call => $"{call.Key} {(call.Any(one => one.Name is CtiEventNames.Established or CtiEventNames.PartyChanged) ? "confirmed " : "")}terminated")
            .Order(StringComparer.Ordinal),
    ];

    private static string[] Dialogs(TestPhone watcher, string dn) =>
    [
        .. Documents(watcher, dn).SelectMany(document => document.Elements().Where(element => element.Name.LocalName == "dialog"))
            .GroupBy(dialog => (string)dialog.Attribute("id")!, dialog => dialog.Elements().First(one => one.Name.LocalName == "state").Value)
            .Select(dialog => string.Join(' ', new[] { dialog.Key }.Concat(dialog.Distinct().Where(state => state is "confirmed" or "terminated").Order(StringComparer.Ordinal))))
            .Order(StringComparer.Ordinal),
    ];

    private static XElement[] Documents(TestPhone watcher, string dn)
    {
        lock (watcher.Notified)
            return [.. watcher.Notified.Where(body => body.StartsWith('<')).Select(XElement.Parse).Where(document => ((string)document.Attribute("entity")!).Contains($":{dn}@", StringComparison.Ordinal))];
    }
}
