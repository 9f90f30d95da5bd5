using Tandem.Contracts.Media;
using Tandem.Media.Signals;
using Tandem.MediaControlPlatform.Recording;
using Tandem.Safekeeping.Spooling;
using Tandem.Sip.Msml;
using Microsoft.Extensions.Logging.Abstractions;
using Tandem.TestKit;
using static Tandem.MediaControlPlatform.Tests.Waiting;

namespace Tandem.MediaControlPlatform.Tests.Control;

/// <summary>The whole role over real SIP, MSML and RTP; what lies in the spool is opened and judged by ear.</summary>
public sealed class RecordedCallTests : IAsyncLifetime
{
    private const string Conference = "conf:" + McpWorld.ConferenceId;
    private const string SegmentId = "0d5c2e5e-8d2c-4b55-9a59-2f1f0f7f0a01";
    private readonly McpWorld _mcp = new();
    private readonly LegPhone _agent = new(880);
    private readonly LegPhone _customer = new(440);

    public async ValueTask InitializeAsync() => await _mcp.StartAsync();

    public async ValueTask DisposeAsync()
    {
        _agent.Dispose();
        _customer.Dispose();
        await _mcp.DisposeAsync();
    }

    [Fact]
    public async Task A_call_is_relayed_and_recorded_on_two_channels_and_survives_a_crash()
    {
        var (agent, agentRtp) = await _mcp.LegAsync("7001", _agent);
        var (customer, answer) = await _mcp.InviteAsync($"msml={McpWorld.ConferenceId}", "555", null);
        Assert.Equal(200, answer.StatusCode);
        customer.Ack(_customer.Sdp());
        _agent.SpeakTo(agentRtp);
        _customer.SpeakTo(McpWorld.Rtp(answer));
        var started = await McpWorld.MsmlAsync(agent, new MsmlDialogStart(Conference, SegmentId)
        {
            Record = new MsmlRecord("7001") { CallUuid = "CALLUUID", ConnId = "0001", Ani = "555", Dnis = "700" },
        });
        Assert.True(started.IsSuccess, started.Description);
        var dialog = $"{Conference}/dialog:{SegmentId}";
        Assert.Equal((MsmlEvent.RecordStarted, dialog), (_mcp.Next() is var first ? first.Name : "", first.Id));
        _customer.PressKey = true;
        await Wait(2500);
        await McpWorld.MsmlAsync(agent, new MsmlSend(MsmlSend.Pause, dialog));
        Assert.Equal(MsmlEvent.RecordPaused, _mcp.Next().Name);
        await Wait(1000);
        await McpWorld.MsmlAsync(agent, new MsmlSend(MsmlSend.Resume, dialog));
        Assert.Equal(MsmlEvent.RecordResumed, _mcp.Next().Name);
        await Wait(1500);
        using var crashed = new TempFolder();
        Copy(_mcp.SpoolFolder, crashed.Path);
        agent.Bye();
        customer.Bye();
        await WaitFor(() => McpWorld.Report(_mcp.SpoolFolder).EndReason == EndReason.CallEnded);
        await _mcp.StopAsync();
        Judge(McpWorld.Report(_mcp.SpoolFolder), _mcp.SpoolFolder, EndReason.CallEnded, 5000);
        JudgeEars();
        Recover(crashed.Path);
        Judge(McpWorld.Report(crashed.Path), crashed.Path, EndReason.Truncated, 3900);
    }

    [Fact]
    public async Task Each_of_thirty_calls_however_short_leaves_its_file()
    {
        for (var i = 0; i < 30; i++)
        {
            var (leg, _) = await _mcp.LegAsync("7001", _agent);
            var result = await McpWorld.MsmlAsync(
                leg, new MsmlDialogStart(Conference, Guid.NewGuid().ToString()) { Record = new MsmlRecord("7001") });
            Assert.True(result.IsSuccess, result.Description);
            // The end of the call before may be told only now.
            while (_mcp.Next().Name != MsmlEvent.RecordStarted)
            {
            }
            leg.Bye();
            await WaitFor(() => McpWorld.Reports(_mcp.SpoolFolder).Count(report => report.EndReason == EndReason.CallEnded) == i + 1);
        }
        await _mcp.StopAsync();
        Assert.All(McpWorld.Reports(_mcp.SpoolFolder), report => Assert.InRange(
            _mcp.Channels(_mcp.SpoolFolder, Assert.Single(report.Parts))[0].Length, 160, int.MaxValue));
    }

    [Theory]
    [InlineData("nobody", 404)]
    [InlineData("msml=0123", 404)]
    public async Task Other_users_are_not_found(string user, int status)
    {
        var (_, answer) = await _mcp.InviteAsync(user, "7001", _agent.Sdp());
        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task An_offer_without_a_known_codec_is_not_acceptable()
    {
        var sdp = _agent.Sdp().Replace("RTP/AVP 8 0 101", "RTP/AVP 18", StringComparison.Ordinal);
        var (_, answer) = await _mcp.InviteAsync($"msml={McpWorld.ConferenceId}", "7001", sdp);
        Assert.Equal(488, answer.StatusCode);
    }

    [Fact]
    public async Task Wrong_requests_are_answered_with_their_reason()
    {
        var (agent, _) = await _mcp.LegAsync("7001", _agent);
        var missing = await McpWorld.MsmlAsync(agent, new MsmlSend(MsmlSend.Pause, $"{Conference}/dialog:{SegmentId}"));
        Assert.Equal(MsmlResult.NotFound, missing.Response);
        var unknown = await McpWorld.MsmlAsync(agent, new MsmlDialogStart(Conference, "x") { Play = new MsmlPlay("tone:opera") });
        Assert.Equal(MsmlResult.NotSupported, unknown.Response);
        var nameless = await McpWorld.MsmlAsync(agent, new MsmlDialogStart(Conference, "x") { Record = new MsmlRecord("7001") });
        Assert.Equal(MsmlResult.BadRequest, nameless.Response);
    }

    private void Judge(VoiceSegmentReport report, string spool, EndReason reason, int leastMs)
    {
        Assert.Equal(reason, report.EndReason);
        Assert.Equal(("7001", "CALLUUID", "555"), (report.RecordDn, report.CallUuid, report.OtherDns.Single()));
        var part = Assert.Single(report.Parts);
        var channels = _mcp.Channels(spool, part);
        Assert.Equal(part.DurationMs * 8, channels[0].Length);
        Assert.InRange(part.DurationMs, leastMs, 60_000);
        var pause = Assert.Single(report.Pauses);
        for (var channel = 0; channel < 2; channel++)
        {
            var pcm = channels[channel];
            Assert.Equal(channel == 0 ? 880 : 440, Spectrum.PeakFrequency(pcm.AsSpan(8 * 400, 8 * 1500), 8000), 2.0);
            Assert.InRange(Spectrum.ToneDbfs(pcm.AsSpan(8 * 400, 8 * 1500), 8000, channel == 0 ? 440 : 880), -120, -40);
            Assert.All(pcm[(int)(8 * pause.StartMs)..(int)(8 * pause.StopMs)], sample => Assert.InRange(sample, -8, 8));
            var errorUs = SilenceFinder.MarkErrorUs(pcm, 8000, report.StartUs, out var marks);
            Assert.True(marks > 0);
            // 5 ms in quiet; a sender's thread that is kept waiting by a loaded machine is late itself.
            Assert.InRange(errorUs, -10_000, 10_000);
        }
    }

    private void JudgeEars()
    {
        Assert.Equal(440, Spectrum.PeakFrequency(_agent.Heard.ToArray().AsSpan(8 * 1000, 8 * 500), 8000), 3.0);
        Assert.Equal(880, Spectrum.PeakFrequency(_customer.Heard.ToArray().AsSpan(8 * 1000, 8 * 500), 8000), 3.0);
        Assert.Equal((1, 0), (_agent.DigitsHeard, _customer.DigitsHeard));
    }

    /// <summary>What the next start of the role does with the spool of one that was killed.</summary>
    private static void Recover(string folder)
    {
        using var spool = Spool.Open(folder, new SpoolOptions(), TimeProvider.System, NullLogger.Instance);
        spool.Recover(owner => SegmentMender.Mend(owner, NullLogger.Instance));
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
