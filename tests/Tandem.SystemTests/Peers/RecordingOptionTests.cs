using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Tandem.Contracts.Cti;
using Tandem.Lab.Phones;
using Tandem.Lab.Senses;
using Tandem.Media.Signals;

namespace Tandem.SystemTests.Peers;

/// <summary>What a site may set of its calls, by ear: music on hold, the beep of a recorded call, a file for each party, and a
/// second recorder, which is another installation.</summary>
public sealed partial class RecordingOptionTests
{
    private const double BeepHz = 1400;
    private static readonly TimeSpan Talk = TimeSpan.FromSeconds(3);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Music_beep_each_partys_file_and_a_second_recorder_are_there_in_a_real_call()
    {
        await using var other = await Installation.StartAsync(Stop);
        await using var server = await Installation.StartAsync(Stop, configuration =>
        {
            var sip = configuration["sip"]!;
            sip["holdMusic"] = "file://music.wav";
            sip["recordingBeep"] = true;
            sip["recordEachParty"] = true;
            sip["recorders"] = new JsonArray($"sip:srs@127.0.0.1:{other.Addresses.Mcp}");
        });
        MusicFile.Write(server.At("data/mcp/prompts/music.wav"));
        await using var agent = await PhoneAsync(server, "7001", "a1", record: true);
        await using var customer = await PhoneAsync(server, "5550001", "customer", record: false);
        await using var cti = await server.WatchAsync(Stop, "7001", "5550001");
        var call = customer.Dial("7001");
        var answered = await agent.RingAsync(Stop);
        await answered.AnswerAsync(Stop);
        await cti.WaitAsync(CtiEventNames.Recording, "7001", Stop);
        await Task.Delay(Talk, TimeProvider.System, Stop);
        await cti.AskAsync(CtiRequestNames.HoldCall, asked => asked with { ThisDN = "7001" }, Stop);
        await Task.Delay(2 * Talk, TimeProvider.System, Stop);
        await cti.AskAsync(CtiRequestNames.RetrieveCall, asked => asked with { ThisDN = "7001" }, Stop);
        await Task.Delay(Talk, TimeProvider.System, Stop);
        await call.HangUpAsync(Stop);
        await cti.WaitAsync(CtiEventNames.Released, "7001", Stop);

        var marks = new[] { CtiEventNames.Recording, CtiEventNames.Held, CtiEventNames.Retrieved, CtiEventNames.Released }
            .Select(name => cti.Events.First(one => one.Name == name && one.ThisDN == "7001").Time.ToUnixTimeMilliseconds()).ToArray();
        JudgeCustomer(call.Media.Heard, marks);
        JudgeAgent(answered.Media.Heard, marks);
        await JudgeRecordingAsync(server);
        await JudgeRecordingAsync(other);

        // Both channels in one, then a file for each party's stay in the mix: the agent, held, had two.
        Assert.Equal(1 + 3, await StreamsAsync(server));
        Assert.Equal(1, await StreamsAsync(other));
    }

    /// <summary>How many streams the vault keeps of the only recording.</summary>
    private static async Task<int> StreamsAsync(Installation server)
    {
        for (var tries = 0; ; tries++)
        {
            if (Directory.GetFiles(server.At("data/vault"), "manifest.json", SearchOption.AllDirectories) is [var manifest])
                return JsonNode.Parse(await File.ReadAllTextAsync(manifest, Stop))!["objects"]!.AsArray()
                    .Count(one => one!["role"]!.GetValue<string>() == "stream");
            Assert.True(tries < 300, "the recording is not in the vault");
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Stop);
        }
    }

    /// <param name="marks">When recording began, the hold, its end and the end of the call (UTC, ms).</param>
    private static void JudgeCustomer(HeardLine line, long[] marks)
    {
        var (audio, start) = (line.Listen(), line.StartUs / 1000.0);
        Assert.True(Beeps(audio, marks[0] - start), "the customer hears no beep");
        var notes = MusicFile.Notes(audio, marks[1] - start + 400, marks[2] - start - 200);
        Assert.Matches(WholeNotes(), notes.Replace("-", "", StringComparison.Ordinal));
        Assert.True(notes.Count(note => note == '-') <= notes.Length / 4, notes);
        Assert.Equal("a1", Party(audio, marks[1] - start - 1200));
        Assert.Equal("a1", Party(audio, marks[2] - start + 700));
        Assert.DoesNotMatch("[lh]", MusicFile.Notes(audio, marks[2] - start + 700, marks[3] - start - 200));
    }

    private static void JudgeAgent(HeardLine line, long[] marks)
    {
        var (audio, start) = (line.Listen(), line.StartUs / 1000.0);
        Assert.True(Beeps(audio, marks[0] - start), "the agent hears no beep");
        Assert.DoesNotMatch("[lh]", MusicFile.Notes(audio, marks[1] - start + 400, marks[2] - start - 200));
        Assert.Equal("", Party(audio, marks[1] - start + 1000));
        Assert.Equal("customer", Party(audio, marks[2] - start + 700));
    }

    /// <summary>Each party alone on its channel; neither music nor beep on any.</summary>
    private static async Task JudgeRecordingAsync(Installation server)
    {
        var interaction = await Stored.AwaitAsync(server.Admin, Stop);
        var segment = Assert.Single(interaction.Segments);
        Assert.Equal(["7001", "5550001"], segment.Channels);
        var audio = await Stored.VoiceAsync(server, segment, Stop);
        foreach (var (channel, party) in new[] { (0, "a1"), (1, "customer") })
        {
            Assert.Equal([party], Ear.PartiesIn(Ear.Window(audio, channel, 1000, 2500), audio.Rate));
            for (var at = 0; at + 200 <= audio.DurationMs; at += 200)
            {
                foreach (var hertz in new[] { MusicFile.LowHz, MusicFile.HighHz, BeepHz })
                    Assert.InRange(Spectrum.ToneDbfs(Ear.Window(audio, channel, at, at + 200), audio.Rate, hertz), -200, -32);
            }
        }
    }

    private static string Party(HeardAudio audio, double atMs) =>
        string.Join('+', Ear.PartiesIn(Ear.Window(audio, 0, atMs, atMs + 500), audio.Rate));

    /// <summary>In the first two seconds after recording began.</summary>
    private static bool Beeps(HeardAudio audio, double fromMs) => Enumerable.Range(-10, 50).Any(at =>
        Spectrum.ToneDbfs(Ear.Window(audio, 0, fromMs + at * 50, fromMs + at * 50 + 100), audio.Rate, BeepHz) > -30);

    private static async Task<SimulatedPhone> PhoneAsync(Installation server, string dn, string party, bool record)
    {
        await server.Dns.PutDnAsync(dn, Installation.Password, record, party, Stop);
        var phone = new SimulatedPhone(
            dn, Installation.Password, server.Addresses.Sip, new ToneSource(Tones.Of(party)), TimeProvider.System);
        await phone.RegisterAsync(Stop);
        return phone;
    }

    /// <summary>From wherever it begins, note after note of a second each. A window at a change holds both; one on a hiccup of a
    /// busy machine neither.</summary>
    [GeneratedRegex("^(h{0,10}|l{0,10}h{7,10})(l{7,10}h{7,10})+(l{0,10}|l{7,10}h{0,10})$")]
    private static partial Regex WholeNotes();
}
