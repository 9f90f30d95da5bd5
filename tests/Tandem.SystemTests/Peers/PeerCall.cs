using Tandem.Contracts.Cti;
using Tandem.Lab.Clients;
using Tandem.Lab.Machines;
using Tandem.Lab.Phones;
using Tandem.Lab.Results;
using Tandem.Lab.Senses;

namespace Tandem.SystemTests.Peers;

/// <summary>A customer's call to the first of two recorded agents, and the means to judge what comes of it.</summary>
internal sealed class PeerCall(Installation server, SimulatedPhone customer, string first, string second, CtiWatcher cti) : IAsyncDisposable
{
    private PhoneCall? _call;

    internal string First => first;

    internal string Second => second;

    internal CtiWatcher Cti => cti;

    internal PhoneCall Call => _call!;

    /// <summary>The first agent's phone answers by itself; recording is on when this returns. Gives the call's ConnID.</summary>
    internal async Task<string> BeginAsync(CancellationToken stop)
    {
        _call = customer.Dial(first);
        await _call.Talking.WaitAsync(TimeSpan.FromSeconds(30), stop);
        return (await cti.WaitAsync(CtiEventNames.Recording, first, stop)).ConnID!;
    }

    internal Task AskAsync(
        string request, string dn, string? connId, string? other, CancellationToken stop, string? message = null) => cti.AskAsync(
        request, asked => asked with { ThisDN = dn, ConnID = connId, OtherDN = other, Message = message }, stop);

    /// <summary>Waits until a DN was told of so many of these.</summary>
    internal async Task ToldAsync(string dn, string name, int times, CancellationToken stop)
    {
        var limit = TimeProvider.System.GetUtcNow().AddSeconds(30);
        while (cti.Events.Count(one => one.ThisDN == dn && one.Name == name) < times)
        {
            Assert.True(TimeProvider.System.GetUtcNow() < limit, $"{dn} was not told {name} {times} times: {string.Join("; ", Story(dn))}");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, stop);
        }
    }

    /// <summary>What one DN was told about its calls: event and call state, attached data left out.</summary>
    internal string[] Story(string dn) =>
    [
        .. cti.Events.Where(one => one.ThisDN == dn && one.ConnID is not null && one.ReferenceID is null
                && one.Name != CtiEventNames.AttachedDataChanged)
            .Select(one => string.Join(' ', new[]
            {
                one.Name["Event".Length..], one.CallState is null or CallState.Ok ? null : $"{one.CallState}", $"{one.Recording?.State}",
            }.Where(word => !string.IsNullOrEmpty(word)))),
    ];

    /// <summary>What the customer's phone played: who was heard, in the order in which it changed.</summary>
    internal string[] HeardByCustomer()
    {
        var heard = _call!.Media.Heard.Listen();
        return InOrder(Enumerable.Range(0, (int)(heard.DurationMs / 200) - 1)
            .Select(at => string.Join('+', Ear.PartiesIn(Ear.Window(heard, 0, at * 200, at * 200 + 200), heard.Rate))));
    }

    /// <summary>The segments of one call of the scenario, oldest first, each as <c>DN: channel 1 | channel 2</c> with those who are
    /// clearly heard on it.</summary>
    /// <param name="segments">How many there must be.</param>
    internal async Task<string[]> RecordedAsync(string connId, int segments, CancellationToken stop)
    {
        var uuid = cti.Events.First(one => one.ConnID == connId && one.CallUUID is not null).CallUUID!;
        var interaction = await Stored.AwaitAsync(server.Admin, uuid, segments, stop);
        var found = new List<string>();
        foreach (var segment in interaction.Segments.OrderBy(one => one.Start))
            found.Add(await DescribeAsync(segment, stop));
        return [.. found];
    }

    private async Task<string> DescribeAsync(StoredSegment segment, CancellationToken stop)
    {
        var audio = await Stored.VoiceAsync(server, segment, stop);
        return $"{segment.Dn}: {Present(audio, 0)} | {Present(audio, 1)}";
    }

    /// <summary>Heard in at least two of the windows of 400 ms: a foreign voice would be, a click would not.</summary>
    private static string Present(HeardAudio audio, int channel) => string.Join('+', Enumerable
        .Range(0, Math.Max(0, (int)(audio.DurationMs / 400) - 1))
        .SelectMany(at => Ear.PartiesIn(Ear.Window(audio, channel, at * 400, at * 400 + 400), audio.Rate))
        .GroupBy(party => party).Where(windows => windows.Count() >= 2).Select(windows => windows.Key)
        .Order(StringComparer.Ordinal));

    /// <summary>Changes that last less than 600 ms are those of the moment of switching.</summary>
    private static string[] InOrder(IEnumerable<string> windows)
    {
        var runs = new List<(string Who, int Count)>();
        foreach (var who in windows)
        {
            if (runs.Count > 0 && runs[^1].Who == who) runs[^1] = (who, runs[^1].Count + 1);
            else runs.Add((who, 1));
        }
        var lasting = runs.Where(run => run.Count >= 3).Select(run => run.Who).ToArray();
        return [.. lasting.Where((who, at) => at == 0 || lasting[at - 1] != who)];
    }

    public async ValueTask DisposeAsync()
    {
        await cti.DisposeAsync();
        await customer.DisposeAsync();
    }
}
