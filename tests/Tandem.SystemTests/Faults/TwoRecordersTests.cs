using System.Text.Json.Nodes;
using Tandem.Lab.Machines;
using Tandem.Lab.Senses;
using Tandem.TestKit;

namespace Tandem.SystemTests.Faults;

/// <summary>One SIPREC call on two MCPs at once: one interaction with one segment, and the other recorder's beside it as its
/// copy (docs/decisions/0007-two-recorders.md).</summary>
public sealed class TwoRecordersTests
{
    private const string SessionId = "ab30317f1a784dc48ff824d0d3715d86;remote=47755a9de7794ba387653f2099600ef2";

    [Fact]
    public async Task Both_keep_the_call_and_it_is_shown_once()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var two = await TwoRecorders.StartAsync(stop);
        await two.AgentAsync("a1", "7001", stop);
        var first = await two.ForkAsync(1, "7001", SessionId, stop);
        var second = await two.ForkAsync(2, "7001", SessionId, stop);
        await Wait(4000, stop);
        first.Bye();
        second.Bye();
        var found = await two.InteractionAsync(one => Segments(one).Count > 0 && AllStates(one).TrueForAll(state => state == "available"), stop);
        var segment = Assert.Single(Segments(found));
        var copy = Assert.Single(segment!["copies"]!.AsArray())!;
        Assert.NotEqual(Text(segment, "id"), Text(copy, "id"));
        Assert.Equal(("a1", "callEnded", "callEnded"), (
            Assert.Single(segment["agents"]!.AsArray())!.GetValue<string>(), Text(segment, "endReason"), Text(copy, "endReason")));
        Assert.Equal(1, (await two.Admin.InteractionsAsync(stop))[0]!["segments"]!.GetValue<int>());
        var lane = found["events"]!.AsArray().Select(line => $"{Text(line!, "name")} {Text(line!, "detail")}").ToList();
        Assert.Equal(lane.Distinct(), lane);
        Assert.Contains("EventRecording On", lane);
        foreach (var uri in new[] { Text(segment, "mediaUri"), Text(copy, "mediaUri") })
            await JudgeAsync(two, uri!, 3500, stop);
        // Both are sealed and in the vault.
        var (code, said) = await RunningProcess.RunAsync(Binaries.Tandem, ["verify", two.DataFolder], stop);
        Assert.True(code == 0, said);
        Assert.Contains("2 recordings", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_one_of_them_dies_the_other_s_stands_for_the_call()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var two = await TwoRecorders.StartAsync(stop);
        await two.AgentAsync("a1", "7001", stop);
        await two.ForkAsync(1, "7001", SessionId, stop);
        var second = await two.ForkAsync(2, "7001", SessionId, stop);
        await Wait(3000, stop);
        await two.KillAsync(1);
        await Wait(5000, stop);
        second.Bye();
        await two.StartAsync(1, stop);
        var found = await two.InteractionAsync(
            one => Segments(one) is [var only] && only!["copies"]!.AsArray().Count == 1 && AllStates(one).TrueForAll(state => state == "available"), stop);
        var segment = Segments(found)[0]!;
        Assert.Equal(("callEnded", "truncated"), (Text(segment, "endReason"), Text(segment["copies"]![0]!, "endReason")));
        await JudgeAsync(two, Text(segment, "mediaUri")!, 7000, stop);
        await JudgeAsync(two, Text(segment["copies"]![0]!, "mediaUri")!, 1500, stop);
    }

    private static async Task JudgeAsync(TwoRecorders two, string uri, int leastMs, CancellationToken stop)
    {
        var file = two.At(Path.GetFileName(uri));
        await two.Admin.DownloadAsync(uri, file, stop);
        var audio = HeardAudio.Read(file);
        Assert.InRange(audio.DurationMs, leastMs, leastMs + 20_000);
        for (var atMs = 600; atMs + 200 < leastMs; atMs += 400)
        {
            Assert.Equal(["a1"], Ear.PartiesIn(Ear.Window(audio, 0, atMs, atMs + 200), audio.Rate));
            Assert.Equal(["customer"], Ear.PartiesIn(Ear.Window(audio, 1, atMs, atMs + 200), audio.Rate));
        }
    }

    private static JsonArray Segments(JsonNode interaction) => interaction["segments"]!.AsArray();

    private static List<string?> AllStates(JsonNode interaction) =>
        [.. Segments(interaction).Concat(Segments(interaction).SelectMany(one => one!["copies"]!.AsArray())).Select(one => Text(one!, "state"))];

    private static string? Text(JsonNode node, string name) => node[name]?.GetValue<string>();

    private static Task Wait(int ms, CancellationToken stop) => Task.Delay(TimeSpan.FromMilliseconds(ms), TimeProvider.System, stop);
}
