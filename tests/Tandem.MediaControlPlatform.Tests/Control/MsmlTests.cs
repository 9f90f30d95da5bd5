using Tandem.Contracts.Media;
using Tandem.Media.Signals;
using Tandem.Media.Wav;
using Tandem.MediaControlPlatform.Tests.Prompts;
using Tandem.Sip.Msml;
using Tandem.Sip.UserAgents;
using static Tandem.MediaControlPlatform.Tests.Waiting;

namespace Tandem.MediaControlPlatform.Tests.Control;

/// <summary>Conferences, streams, prompts and keys by MSML over real SIP and RTP.</summary>
public sealed class MsmlTests : IAsyncLifetime
{
    private readonly McpWorld _mcp = new();
    private readonly LegPhone _one = new(880);
    private readonly LegPhone _other = new(440);
    private InviteSession _leg = null!;

    public async ValueTask InitializeAsync()
    {
        await _mcp.StartAsync();
        (_leg, var rtp) = await _mcp.LegAsync("7001", _one);
        _one.SpeakTo(rtp);
    }

    public async ValueTask DisposeAsync()
    {
        _one.Dispose();
        _other.Dispose();
        await _mcp.DisposeAsync();
    }

    private string Connection => MsmlIds.Connection(_leg.RemoteTag!);

    [Fact]
    public async Task A_created_conference_is_joined_and_goes_with_its_last_leg()
    {
        var (other, rtp) = await _mcp.LegAsync("555", _other);
        _other.SpeakTo(rtp);
        var created = await Ask(new MsmlCreateConference(null));
        var conference = Assert.Single(created.ConferenceIds);
        Assert.Equal(MsmlResult.BadRequest, (await Try(new MsmlCreateConference(conference["conf:".Length..]))).Response);
        var connection = MsmlIds.Connection(other.RemoteTag!);
        await Ask(new MsmlJoin(Connection, conference), new MsmlJoin(connection, conference));
        await WaitFor(() => Hears(_one, 440) && Hears(_other, 880));
        other.Bye();
        await Ask(new MsmlUnjoin(Connection, conference));
        var gone = _mcp.Next();
        Assert.Equal((MsmlEvent.NoMedia, conference), (gone.Name, gone.Id));
        Assert.Equal(MsmlResult.NotFound, (await Try(new MsmlDestroyConference(conference))).Response);
    }

    [Fact]
    public async Task A_kept_conference_stays_until_it_is_destroyed()
    {
        var conference = (await Ask(new MsmlCreateConference(null) { DeleteWhenNoMedia = false })).ConferenceIds[0];
        await Ask(new MsmlJoin(Connection, conference), new MsmlUnjoin(Connection, conference));
        await Wait(300);
        await Ask(new MsmlDestroyConference(conference));
        await WaitFor(() => Try(new MsmlDestroyConference(conference)).Result.Response == MsmlResult.NotFound);
    }

    [Fact]
    public async Task A_stream_is_closed_and_opened_in_each_direction()
    {
        var (other, rtp) = await _mcp.LegAsync("555", _other);
        _other.SpeakTo(rtp);
        const string Conference = "conf:" + McpWorld.ConferenceId;
        await WaitFor(() => Hears(_one, 440) && Hears(_other, 880));
        await Ask(new MsmlModifyStream(Connection, Conference, false, null));
        await WaitFor(() => !Receives(_other));
        Assert.True(Receives(_one));
        await Ask(new MsmlModifyStream(Conference, Connection, false, true));
        await WaitFor(() => !Receives(_one) && Receives(_other));
        await Ask(new MsmlModifyStream(Connection, Conference, true, true));
        await WaitFor(() => Receives(_one) && Receives(_other));
        await Ask(new MsmlUnjoin(MsmlIds.Connection(other.RemoteTag!), Conference));
        await Ask(new MsmlJoin(MsmlIds.Connection(other.RemoteTag!), Conference) { FromId1 = false });
        await WaitFor(() => !Receives(_one) && Receives(_other));
    }

    [Theory]
    [InlineData(-12, 0)]
    [InlineData(6, 0)]
    [InlineData(0, -9)]
    [InlineData(-6, -6)]
    public async Task A_gain_is_heard_and_the_recording_keeps_what_was_said(int speaksDb, int hearsDb)
    {
        var (other, rtp) = await _mcp.LegAsync("555", _other);
        _other.SpeakTo(rtp);
        const string Conference = "conf:" + McpWorld.ConferenceId;
        await Ask(new MsmlDialogStart(Conference, Guid.NewGuid().ToString()) { Record = new MsmlRecord("7001") });
        await WaitFor(() => Hears(_one, 440) && Hears(_other, 880));
        var natural = LevelDb(_other, 880);
        await Ask(new MsmlModifyStream(Connection, Conference, null, null) { FromGainDb = speaksDb });
        await Ask(new MsmlModifyStream(Conference, MsmlIds.Connection(other.RemoteTag!), null, null) { FromGainDb = hearsDb });
        await WaitFor(() => Math.Abs(LevelDb(_other, 880) - natural - speaksDb - hearsDb) < 0.5);
        // The other direction is left alone.
        await WaitFor(() => Math.Abs(LevelDb(_one, 440) - natural) < 0.5);
        await Ask(new MsmlModifyStream(Connection, Conference, false, null));
        await WaitFor(() => LevelDb(_other, 880) < -60);
        // Opened again it is as loud as it was made before.
        await Ask(new MsmlModifyStream(Connection, Conference, true, null));
        await WaitFor(() => Math.Abs(LevelDb(_other, 880) - natural - speaksDb - hearsDb) < 0.5);
        _leg.Bye();
        other.Bye();
        await WaitFor(() => McpWorld.Report(_mcp.SpoolFolder).EndReason == EndReason.CallEnded);
        await _mcp.StopAsync();
        var channels = _mcp.Channels(_mcp.SpoolFolder, Assert.Single(McpWorld.Report(_mcp.SpoolFolder).Parts));
        Assert.Equal(natural, LevelDb(channels[0], 880), 0.5);
    }

    [Fact]
    public async Task A_party_may_join_with_a_gain()
    {
        var (_, rtp) = await _mcp.LegAsync("555", _other);
        _other.SpeakTo(rtp);
        const string Conference = "conf:" + McpWorld.ConferenceId;
        await WaitFor(() => Hears(_one, 440) && Hears(_other, 880));
        var natural = LevelDb(_other, 880);
        await Ask(new MsmlJoin(Connection, Conference) { Gain = new MsmlModifyStream(Connection, Conference, true, null) { FromGainDb = -6 } });
        await WaitFor(() => Math.Abs(LevelDb(_other, 880) - natural + 6) < 0.5);
        var refused = await Try(new MsmlJoin(Connection, Conference) { Gain = new MsmlModifyStream(Connection, Conference, true, null) { FromGainDb = 97 } });
        Assert.Equal(MsmlResult.BadRequest, refused.Response);
    }

    [Theory]
    [InlineData(97)]
    [InlineData(-97)]
    public async Task A_gain_beyond_the_range_is_refused(int db)
    {
        var result = await Try(new MsmlModifyStream(Connection, "conf:" + McpWorld.ConferenceId, null, null) { FromGainDb = db });
        Assert.Equal((MsmlResult.BadRequest, "A gain is mute, unmute or -96 to 96 dB."), (result.Response, result.Description));
    }

    [Fact]
    public async Task An_announcement_is_heard_and_its_end_is_told()
    {
        Directory.CreateDirectory(_mcp.PromptFolder);
        PromptFile.Write(Path.Combine(_mcp.PromptFolder, "hello.wav"), 700, 600, WavFormat.Pcm16, 1, 8000);
        var started = await Ask(new MsmlDialogStart(Connection, "hello") { Play = new MsmlPlay("file://hello.wav") { Iterate = 2 } });
        Assert.Equal([Connection + "/dialog:hello"], started.DialogIds);
        await WaitFor(() => Hears(_one, 700));
        var over = _mcp.Next();
        Assert.Equal((MsmlEvent.DialogExit, Connection + "/dialog:hello"), (over.Name, over.Id));
        Assert.Equal(("play.complete", "1200ms"), (over[MsmlEvent.PlayEnd], over[MsmlEvent.PlayAmount]));
    }

    [Fact]
    public async Task Music_on_hold_plays_until_it_is_ended()
    {
        Directory.CreateDirectory(_mcp.PromptFolder);
        PromptFile.Write(Path.Combine(_mcp.PromptFolder, "hold.wav"), 700, 300, WavFormat.ALaw, 1, 8000);
        await Ask(new MsmlDialogStart(Connection, "hold") { Play = new MsmlPlay("file://hold.wav") { Iterate = MsmlPlay.Forever } });
        await WaitFor(() => _one.HeardCount > 8 * 1500);
        Assert.True(Hears(_one, 700));
        await Ask(new MsmlDialogEnd(Connection + "/dialog:hold"));
        Assert.Equal("play.terminate", _mcp.Next()[MsmlEvent.PlayEnd]);
        await WaitFor(() => !Receives(_one));
    }

    [Fact]
    public async Task Pressed_keys_are_told()
    {
        await Ask(new MsmlDialogStart(Connection, "pin") { Dtmf = new MsmlDtmf(2) });
        for (var i = 0; i < 2; i++)
        {
            _one.PressKey = true;
            await WaitFor(() => !_one.PressKey);
        }
        var over = _mcp.Next();
        Assert.Equal((MsmlEvent.DialogExit, "55", "dtmf.match"), (over.Name, over[MsmlEvent.DtmfDigits], over[MsmlEvent.DtmfEnd]));
    }

    [Theory]
    [InlineData("file:///etc/passwd", MsmlResult.NotFound)]
    [InlineData("file://none.wav", MsmlResult.NotFound)]
    [InlineData("http://127.0.0.1/a.wav", MsmlResult.NotSupported)]
    public async Task What_cannot_be_played_is_refused(string uri, int response) =>
        Assert.Equal(response, (await Try(new MsmlDialogStart(Connection, "x") { Play = new MsmlPlay(uri) })).Response);

    private async Task<MsmlResult> Ask(params MsmlRequest[] requests)
    {
        var result = await McpWorld.MsmlAsync(_leg, requests);
        Assert.True(result.IsSuccess, $"{result.Response} {result.Description}");
        return result;
    }

    private Task<MsmlResult> Try(MsmlRequest request) => McpWorld.MsmlAsync(_leg, request);

    /// <summary>The last 200 ms heard are that tone.</summary>
    private static bool Hears(LegPhone phone, double hz) =>
        phone.Last(1600) is { Length: 1600 } pcm && Spectrum.ToneDbfs(pcm, 8000, hz) > -24;

    /// <summary>In the last 300 ms heard.</summary>
    private static double LevelDb(LegPhone phone, double hz) => LevelDb(phone.Last(2400), hz);

    /// <summary>Of a tone at its loudest 50 ms: there may be marks, and stretches in which it was closed.</summary>
    private static double LevelDb(short[] pcm, double hz) => Enumerable.Range(0, pcm.Length / 400)
        .Select(i => Spectrum.ToneDbfs(pcm.AsSpan(i * 400, 400), 8000, hz)).DefaultIfEmpty(-99).Max();

    /// <summary>Whether packets come at this time.</summary>
    private static bool Receives(LegPhone phone)
    {
        var before = phone.HeardCount;
        Thread.Sleep(200);
        return phone.HeardCount > before + 400;
    }
}
