using System.Text.Json.Nodes;
using Tandem.Contracts.Cti;
using Tandem.Lab.Machines;
using Tandem.Lab.Results;
using Tandem.Lab.Scenarios;

namespace Tandem.Lab.Demo;

/// <summary>Shows the nine steps at work: a spoken call, a recorded screen, both on one page.</summary>
/// <param name="told">Called with lines for people.</param>
public sealed class DemoRunner(DemoOptions options, TimeProvider time, Action<string> told)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Runs to the end (<see cref="DemoOptions.Once"/>), or stays up until <paramref name="stop"/>.</summary>
    public async Task<SimResult> RunAsync(CancellationToken stop)
    {
        Programs.Require("Xvfb", "ffmpeg", "espeak-ng", "chromium");
        var data = options.DataFolder ?? Directory.CreateTempSubdirectory("tandem-demo-").FullName;
        try
        {
            told("preparing the speech");
            var talk = await Conversation.PrepareAsync(stop);
            await using var world = await DemoWorld.StartAsync(data, talk, time, told, stop);
            var result = await ShowAsync(world, talk, options.OutFolder ?? Path.Combine(data, "lab", "media"), stop);
            if (!options.Once)
                await StayAsync(world, data, stop);
            return result;
        }
        finally
        {
            if (options.DataFolder is null)
                Directory.Delete(data, recursive: true);
        }
    }

    private async Task<SimResult> ShowAsync(DemoWorld world, Conversation talk, string media, CancellationToken stop)
    {
        var steps = new NineSteps(told, time);
        await SignInAsync(world, steps, stop);
        await CallAsync(world, steps, stop);
        var length = talk.Begin(time);
        told($"  customer and agent talk for {length.TotalSeconds:0} s");
        await Task.Delay(length, time, stop);
        await world.Customer.Calls[^1].HangUpAsync(stop);
        Directory.CreateDirectory(media);
        var harvest = new Harvest(
            world.Admin, world.Cti, new Dictionary<string, string> { [world.AgentPhone.Dn] = DemoWorld.Agent }, time, _ => { });
        var result = await harvest.GatherSpeechAsync(
            ScenarioCatalogue.Find("simple")! with { Name = "demo" }, media, stop);
        if (!result.Ok)
            throw new LabException(string.Join('\n', result.Problems!));
        steps.Tick(8, $"RWS has all of {result.Screens[0].DurationMs / 1000.0:0.0} s of screen and confirmed it to SRS");
        steps.Tick(9, $"sealed in the vault; screen {result.Links[0].Relation} of call {result.Links[0].CallUuid}");
        told($"\n  play both in step: {PlaybackPage(world, result)}");
        told($"  sign in as admin with the password {world.Admin.Password}\n");
        return result;
    }

    private static Uri PlaybackPage(DemoWorld world, SimResult result) =>
        new(world.Addresses.WebUri, $"/console/#/i/{result.Interactions[0].CallUuid}");

    private static async Task SignInAsync(DemoWorld world, NineSteps steps, CancellationToken stop)
    {
        var page = new WorkspacePage(world.Browser);
        await page.SignInAsync(world.AgentWeb.UserName, world.AgentWeb.Password, stop);
        await page.PairedAsync(stop);
        steps.Tick(1, $"{world.AgentWeb.UserName} signed in on the workspace page and was made known to SRS at {world.Recorder.Local.Authority}");
        await page.ReadyAsync(stop);
        var ready = await world.Cti.WaitAsync(CtiEventNames.AgentReady, world.AgentPhone.Dn, stop);
        steps.Tick(2, $"DN {ready.ThisDN} has agent {ready.AgentID}, ready");
    }

    private async Task CallAsync(DemoWorld world, NineSteps steps, CancellationToken stop)
    {
        var page = new WorkspacePage(world.Browser);
        var call = world.Customer.Dial(world.AgentPhone.Dn);
        await call.Ringing.WaitAsync(Patience, stop);
        await page.AnswerAsync(stop);
        await call.Talking.WaitAsync(Patience, stop);
        var established = await world.Cti.WaitAsync(CtiEventNames.Established, world.AgentPhone.Dn, stop);
        steps.Tick(3, $"{established.OtherDN} and {established.ThisDN} talk in call {established.CallUUID}");
        var recording = await world.Cti.WaitAsync(CtiEventNames.Recording, world.AgentPhone.Dn, stop);
        steps.Tick(4, $"MCP confirmed segment {recording.Recording?.SegmentId}");
        await StateAsync(world, state => Lower(state["calls"]?[0]?["recordingState"]) == "on", "the call as recorded", stop);
        steps.Tick(5, $"RWS shows the call as recorded ({Ms(recording, established)} ms after it was established)");
        var wanted = await StateAsync(world, state => state["screen"]?["captureId"] is not null, "a capture", stop);
        steps.Tick(6, $"RWS wants capture {wanted["screen"]!["captureId"]}");
        await StateAsync(world, state => Lower(state["screen"]?["state"]) == "recording", "the screen as recorded", stop);
        await page.RecordingNoticeAsync(stop);
        steps.Tick(7, "SRS reported its first frame; the agent's page says so");
    }

    private async Task<JsonNode> StateAsync(DemoWorld world, Func<JsonNode, bool> wanted, string what, CancellationToken stop)
    {
        var limit = time.GetUtcNow() + Patience;
        while (true)
        {
            var state = await world.AgentWeb.StateAsync(stop);
            if (wanted(state))
                return state;
            if (time.GetUtcNow() > limit)
                throw new TimeoutException($"RWS does not show {what}: {state.ToJsonString()}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), time, stop);
        }
    }

    private static string? Lower(JsonNode? node) => node?.GetValue<string>().ToLowerInvariant();

    private static long Ms(CtiEvent later, CtiEvent earlier) => (long)(later.Time - earlier.Time).TotalMilliseconds;

    private async Task StayAsync(DemoWorld world, string data, CancellationToken stop)
    {
        await world.Browser.GoAsync(new Uri(world.Addresses.WebUri, "/console/"), stop);
        told($"  the server stays up; its data are in {data}{(options.DataFolder is null ? " until then" : "")}. Ctrl-C ends it.");
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, stop);
        }
        catch (OperationCanceledException)
        {
            told("  ending");
        }
    }
}
