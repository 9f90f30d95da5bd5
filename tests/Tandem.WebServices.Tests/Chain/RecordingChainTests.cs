using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Tandem.Contracts;
using Tandem.Contracts.Cti;
using Tandem.Contracts.Media;
using Tandem.Contracts.Srs;
using Tandem.Recordings;
using Tandem.WebServices.Tests.Client;

namespace Tandem.WebServices.Tests.Chain;

/// <summary>Steps 2 and 5 to 9: from the event of the switch to the screen's command and the mapped interaction.</summary>
public sealed class RecordingChainTests
{
    [Fact]
    public async Task A_recorded_call_starts_and_stops_the_screen_and_is_mapped()
    {
        await using var site = await Site.StartAsync();
        await using var recorder = await site.RecorderAsync("a1");
        await site.StartWorkAsync("a1");
        await site.Cti.BatchAsync(Site.Event(CtiEventNames.Established));
        await site.Cti.BatchAsync(Site.Recording(RecordingState.On));
        var on = await recorder.CommandAsync(state => state.On);
        Assert.Equal("a1", on.AgentId);
        await ScreenStateAsync(site, "recording");

        var startUs = TimeProvider.System.NowMicros();
        await site.Cti.BatchAsync(Site.Event(CtiEventNames.Released));
        await site.Cti.BatchAsync(Site.Recording(RecordingState.Off));
        var off = await recorder.CommandAsync(state => !state.On);
        Assert.Equal(EndReason.CallEnded, off.EndReason);
        Assert.True(off.Revision > on.Revision);

        await ReportVoiceAsync(site, startUs - 5_000_000, startUs);
        using var reply = await recorder.PostAsync("/internal-api/contact-centers/default/screen-recordings", new
        {
            captureId = on.CaptureId, agentId = "a1", deviceId = recorder.DeviceId,
            startUs = startUs - 4_900_000, stopUs = startUs + 50_000, parts = new[] { Part() }, endReason = "callEnded",
        });
        Assert.True(reply.IsSuccessStatusCode, await reply.Content.ReadAsStringAsync(Http.Stop));

        var found = await site.Admin.GetJsonAsync($"/api/v2/interactions/{Site.Uuid}");
        var link = Assert.Single(found["links"]!.AsArray())!;
        Assert.Equal(("primary", Site.Segment, 0L, 100L, 4900L), (
            link.Text("relation"), link.Text("segmentId"), link["screenOffsetMs"]!.GetValue<long>(),
            link["segmentOffsetMs"]!.GetValue<long>(), link["lengthMs"]!.GetValue<long>()));
        var segment = Assert.Single(found["segments"]!.AsArray())!;
        Assert.Equal("a1", Assert.Single(segment["agents"]!.AsArray())!.GetValue<string>());
        Assert.Equal(["7001", "5550001"], segment["channels"]!.AsArray().Select(channel => channel!.GetValue<string>()));
        Assert.Equal("uploading", Assert.Single(found["screens"]!.AsArray())!.Text("state"));
        Assert.Empty(found["missing"]!.AsArray());
        Assert.Equal(
            ["EventEstablished", "EventRecording", "EventReleased", "EventRecording"],
            found["events"]!.AsArray().Select(line => line!.Text("name")));
        var listed = (await site.Admin.GetJsonAsync("/api/v2/interactions?agentId=a1"))["interactions"]!.AsArray();
        Assert.Equal(Site.Uuid, Assert.Single(listed)!.Text("callUuid"));
    }

    [Fact]
    public async Task A_call_that_two_recorders_kept_is_shown_linked_and_counted_once()
    {
        const string Twin = "5e600000-0000-4000-8000-000000000002";
        await using var site = await Site.StartAsync();
        await using var recorder = await site.RecorderAsync("a1");
        await site.StartWorkAsync("a1");
        await site.Cti.BatchAsync(Site.Recording(RecordingState.On), Site.Recording(RecordingState.On, segment: Twin));
        var on = await recorder.CommandAsync(state => state.On);
        var stopUs = TimeProvider.System.NowMicros();
        await site.Cti.BatchAsync(Site.Event(CtiEventNames.Released));
        await recorder.CommandAsync(state => !state.On);
        await ReportVoiceAsync(site, stopUs - 5_000_000, stopUs);
        await ReportVoiceAsync(site, stopUs - 4_990_000, stopUs + 20_000, Twin);
        using var reply = await recorder.PostAsync("/internal-api/contact-centers/default/screen-recordings", new
        {
            captureId = on.CaptureId, agentId = "a1", deviceId = recorder.DeviceId,
            startUs = stopUs - 4_900_000, stopUs = stopUs + 50_000, parts = new[] { Part() }, endReason = "callEnded",
        });
        Assert.True(reply.IsSuccessStatusCode, await reply.Content.ReadAsStringAsync(Http.Stop));

        var found = await site.Admin.GetJsonAsync($"/api/v2/interactions/{Site.Uuid}");
        var segment = Assert.Single(found["segments"]!.AsArray())!;
        var copy = Assert.Single(segment["copies"]!.AsArray())!;
        Assert.Equal((Site.Segment, Twin), (segment.Text("id"), copy.Text("id")));
        Assert.Equal($"/api/v2/recordings/{Site.Uuid}/play/{Twin}.wav", copy.Text("mediaUri"));
        var link = Assert.Single(found["links"]!.AsArray())!;
        Assert.Equal(("primary", Site.Segment), (link.Text("relation"), link.Text("segmentId")));
        var listed = (await site.Admin.GetJsonAsync("/api/v2/interactions?agentId=a1"))["interactions"]!.AsArray();
        Assert.Equal(1, Assert.Single(listed)!["segments"]!.GetValue<int>());
    }

    [Fact]
    public async Task Without_a_recorder_the_screen_is_missing_and_the_interaction_says_why()
    {
        await using var site = await Site.StartAsync();
        await site.StartWorkAsync("a1");
        await site.Cti.BatchAsync(Site.Event(CtiEventNames.Established), Site.Recording(RecordingState.On));
        var missing = await MissingAsync(site);

        Assert.Equal(("screen", "a1"), (missing.Text("what"), missing.Text("agentId")));
        Assert.Contains("No screen recorder was signed in for Agent a1", missing.Text("why"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recorder_that_never_confirms_is_named_when_the_call_ends()
    {
        await using var site = await Site.StartAsync();
        await using var recorder = await site.RecorderAsync("a1");
        recorder.Mute = true;
        await site.StartWorkAsync("a1");
        await site.Cti.BatchAsync(Site.Recording(RecordingState.On));
        await recorder.CommandAsync(state => state.On);
        await site.Cti.BatchAsync(Site.Event(CtiEventNames.Released));
        var missing = await MissingAsync(site);

        Assert.Contains("on pc-1 did not confirm", missing.Text("why"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_restart_the_missed_events_are_taken_and_the_capture_stops()
    {
        await using var site = await Site.StartAsync();
        await using var recorder = await site.RecorderAsync("a1");
        await site.StartWorkAsync("a1");
        await site.Cti.BatchAsync(Site.Recording(RecordingState.On));
        var on = await recorder.CommandAsync(state => state.On);
        await site.RestartWebAsync(() => site.Cti.BatchAsync(Site.Event(CtiEventNames.Released)));
        await recorder.ConnectAsync(site.Web.Address);
        var off = await recorder.CommandAsync(state => state.Revision > on.Revision);

        Assert.False(off.On);
        Assert.Equal(EndReason.CallEnded, off.EndReason);
    }

    [Fact]
    public async Task After_a_restart_a_call_that_goes_on_keeps_its_capture()
    {
        await using var site = await Site.StartAsync();
        await using var recorder = await site.RecorderAsync("a1");
        await site.StartWorkAsync("a1");
        await site.Cti.BatchAsync(Site.Recording(RecordingState.On));
        var on = await recorder.CommandAsync(state => state.On);
        site.Cti.SetSnapshot("7001", new DnCall(
            Site.Conn, Site.Uuid, CallType.Inbound, "Established", "5550001", new RecordingReport(RecordingState.On, Site.Segment), null));
        await site.RestartWebAsync();
        await recorder.ConnectAsync(site.Web.Address);
        var again = await recorder.CommandAsync(state => state.On);
        Assert.Equal((on.CaptureId, on.Revision), (again.CaptureId, again.Revision));

        await ScreenStateAsync(site, "recording");
        await site.Cti.BatchAsync(Site.Event(CtiEventNames.Released));
        Assert.Equal(EndReason.CallEnded, (await recorder.CommandAsync(state => !state.On)).EndReason);
    }

    [Fact]
    public async Task Of_two_recorders_the_latest_sign_in_records()
    {
        await using var site = await Site.StartAsync();
        await using var first = await site.RecorderAsync("a1");
        await using var second = await site.RecorderAsync(null);
        await site.StartWorkAsync("a1");
        await site.Cti.BatchAsync(Site.Recording(RecordingState.On));
        var before = await first.CommandAsync(state => state.On);
        await second.SignInAsync("a1", Site.Password);
        var stopped = await first.CommandAsync(state => !state.On);
        var started = await second.CommandAsync(state => state.On);

        Assert.Equal(EndReason.SignedOut, stopped.EndReason);
        Assert.NotEqual(before.CaptureId, started.CaptureId);
    }

    [Fact]
    public async Task A_pause_reaches_the_screen_and_is_confirmed_by_both()
    {
        await using var site = await Site.StartAsync();
        await using var recorder = await site.RecorderAsync("a1");
        await site.StartWorkAsync("a1");
        await site.Cti.BatchAsync(Site.Event(CtiEventNames.Established), Site.Recording(RecordingState.On));
        await recorder.CommandAsync(state => state.On);
        await ScreenStateAsync(site, "recording");
        using var agent = site.Web.As("a1", Site.Password);
        var asked = agent.SendJsonAsync(HttpMethod.Post, $"/api/v2/me/calls/{Site.Conn}", new { operationName = "PauseCallRecording" });
        await Eventually.AsyncOf(
            () => Task.FromResult(site.Cti.Requests.FirstOrDefault(request => request.Message == "GSIP_RECORD_PAUSE")), "the pause at the switch");
        await site.Cti.BatchAsync(Site.Recording(RecordingState.Paused));
        using var reply = await asked;

        Assert.True(reply.IsSuccessStatusCode, await reply.Content.ReadAsStringAsync(Http.Stop));
        await ScreenStateAsync(site, "paused");
    }

    [Fact]
    public async Task A_pause_that_the_screen_does_not_confirm_names_it()
    {
        await using var site = await Site.StartAsync();
        await using var recorder = await site.RecorderAsync("a1");
        await site.StartWorkAsync("a1");
        await site.Cti.BatchAsync(Site.Event(CtiEventNames.Established), Site.Recording(RecordingState.On));
        await recorder.CommandAsync(state => state.On);
        await ScreenStateAsync(site, "recording");
        recorder.Mute = true;
        using var agent = site.Web.As("a1", Site.Password);
        var asked = agent.SendJsonAsync(HttpMethod.Post, $"/api/v2/me/calls/{Site.Conn}", new { operationName = "PauseCallRecording" });
        await Eventually.AsyncOf(
            () => Task.FromResult(site.Cti.Requests.FirstOrDefault(request => request.Message == "GSIP_RECORD_PAUSE")), "the pause at the switch");
        await site.Cti.BatchAsync(Site.Recording(RecordingState.Paused));
        using var reply = await asked;

        Assert.Equal("notConfirmed", await reply.ProblemCodeAsync());
        Assert.Contains("SRS of Agent a1 (screen)", await reply.Content.ReadAsStringAsync(Http.Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pairing_token_signs_in_once()
    {
        await using var site = await Site.StartAsync();
        await using var recorder = await site.RecorderAsync(null);
        using var agent = site.Web.As("a1", Site.Password);
        var token = (await agent.PostOkAsync("/api/v2/me/pairing-token", new { }))!.Text("token");
        using var first = await recorder.PostAsync("/api/v2/srs/sign-in", new { pairingToken = token });
        using var second = await recorder.PostAsync("/api/v2/srs/sign-in", new { pairingToken = token });

        Assert.Equal("a1", JsonNode.Parse(await first.Content.ReadAsStringAsync(Http.Stop))!.Text("agentId"));
        Assert.Equal("tokenNotValid", await second.ProblemCodeAsync());
    }

    private static object Part() => new
    {
        streamId = Guid.NewGuid().ToString(), codec = "vp09.00.40.08", width = 640, height = 480, startMs = 0, durationMs = 4950,
    };

    private static async Task ReportVoiceAsync(Site site, long startUs, long stopUs, string segment = Site.Segment)
    {
        using var mcp = new HttpClient { BaseAddress = site.Web.Address };
        mcp.DefaultRequestHeaders.Authorization = new("Bearer", site.Cti.Settings["services:0:token"]);
        var report = new VoiceSegmentReport
        {
            SegmentId = segment,
            CallUuid = Site.Uuid,
            ConnId = Site.Conn,
            RecordDn = "7001",
            OtherDns = ["5550001"],
            StartUs = startUs,
            StopUs = stopUs,
            Parts = [new VoicePart(Guid.NewGuid().ToString(), "audio/PCMA", 8000, 0, (stopUs - startUs) / 1000)],
            EndReason = EndReason.CallEnded,
        };
        for (var i = 0; i < 2; i++)
        {
            using var reply = await mcp.PostAsJsonAsync(
                "/internal-api/contact-centers/default/recordings", report, ContractsJson.Default.VoiceSegmentReport, Http.Stop);
            Assert.True(reply.IsSuccessStatusCode, await reply.Content.ReadAsStringAsync(Http.Stop));
        }
    }

    private static async Task ScreenStateAsync(Site site, string expected)
    {
        using var agent = site.Web.As("a1", Site.Password);
        await Eventually.AsyncOf(
            async () => (await agent.GetJsonAsync("/api/v2/me/state"))["screen"]!.Text("state") == expected ? expected : null,
            $"screen state {expected}");
    }

    private static Task<JsonNode> MissingAsync(Site site) => Eventually.AsyncOf(
        async () =>
        {
            using var reply = await site.Admin.GetAsync(new Uri($"/api/v2/interactions/{Site.Uuid}", UriKind.Relative), Http.Stop);
            return reply.IsSuccessStatusCode
                ? JsonNode.Parse(await reply.Content.ReadAsStringAsync(Http.Stop))!["missing"]!.AsArray().FirstOrDefault()
                : null;
        },
        "a missing screen");
}
