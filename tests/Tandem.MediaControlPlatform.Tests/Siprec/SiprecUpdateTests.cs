using System.Net;
using Tandem.Contracts.Cti;
using Tandem.Contracts.Media;
using Tandem.Media.Signals;
using Tandem.MediaControlPlatform.Tests.Control;
using Tandem.Sip.Messages;
using Tandem.Sip.Sdp;
using Tandem.Sip.Siprec;
using Tandem.Sip.UserAgents;
using static Tandem.MediaControlPlatform.Tests.Waiting;

namespace Tandem.MediaControlPlatform.Tests.Siprec;

/// <summary>What a recording client changes while a session stands: pauses of every kind, another agent, a second session for
/// the same call.</summary>
public sealed class SiprecUpdateTests : IAsyncLifetime
{
    private readonly McpWorld _mcp = new();
    private readonly LegPhone _customer = new(440);
    private readonly LegPhone _agent = new(880);
    private readonly Forker _forker;
    private CtiClient _cti = null!;

    public SiprecUpdateTests() => _forker = new Forker(_customer, _agent);

    public async ValueTask InitializeAsync()
    {
        await _mcp.StartAsync();
        _cti = await CtiClient.ConnectAsync(_mcp.Cti);
        await _cti.AskAsync(new CtiRequest { Name = CtiRequestNames.OpenServer, ReferenceID = 1 });
        await _cti.NextAsync();
        foreach (var dn in new[] { "7009", "7010" })
        {
            await _cti.AskAsync(new CtiRequest { Name = CtiRequestNames.RegisterAddress, ReferenceID = 2, ThisDN = dn });
            await _cti.NextAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _cti.Dispose();
        _agent.Dispose();
        _customer.Dispose();
        await _mcp.DisposeAsync();
    }

    [Theory]
    [InlineData("inactive")]
    [InlineData("zero address")]
    [InlineData("metadata by UPDATE")]
    [InlineData("partial metadata by UPDATE")]
    public async Task A_pause_of_any_kind_is_silence_until_it_is_taken_back(string kind)
    {
        var (session, _) = await BeginAsync();
        await Wait(1200);
        await PauseAsync(session, kind, true);
        Assert.Equal(RecordingState.Paused, (await _cti.NextAsync()).Recording!.State);
        await Wait(800);
        await PauseAsync(session, kind, false);
        Assert.Equal(RecordingState.On, (await _cti.NextAsync()).Recording!.State);
        await Wait(1000);
        session.Bye();
        await WaitFor(() => McpWorld.Report(_mcp.SpoolFolder).EndReason == EndReason.CallEnded);
        await _mcp.StopAsync();
        var report = McpWorld.Report(_mcp.SpoolFolder);
        var pause = Assert.Single(report.Pauses);
        Assert.InRange(pause.StopMs - pause.StartMs, 600, 6000);
        foreach (var pcm in _mcp.Channels(_mcp.SpoolFolder, Assert.Single(report.Parts)))
        {
            Assert.All(pcm[(int)(8 * pause.StartMs)..(int)(8 * pause.StopMs)], sample => Assert.InRange(sample, -8, 8));
            Assert.InRange(Spectrum.LevelDbfs(pcm.AsSpan((int)(8 * pause.StopMs) + 2400, 8 * 300)), -14, -10);
        }
    }

    [Fact]
    public async Task Refreshes_of_every_kind_are_answered_and_recording_goes_on()
    {
        var (session, _) = await BeginAsync();
        var bare = await session.RequestAsync(SipMethods.Update);
        Assert.Equal(200, bare.StatusCode);
        Assert.Equal(200, (await session.RequestAsync(SipMethods.Update, SdpSession.MediaType, _forker.Sdp("sendonly"))).StatusCode);
        var answer = await session.ReInviteAsync(_forker.Sdp("sendonly"));
        Assert.True(SdpSession.TryParse(answer.Response.Body.Span, out var sdp));
        Assert.Equal(2, sdp.Media.Count);
        var late = await session.ReInviteAsync(null);
        Assert.True(SdpSession.TryParse(late.Response.Body.Span, out sdp));
        Assert.Equal(2, sdp.Media.Count);
        late.Ack(_forker.Sdp("sendonly"));
        await Wait(1000);
        session.Bye();
        await WaitFor(() => McpWorld.Report(_mcp.SpoolFolder).EndReason == EndReason.CallEnded);
        Assert.Empty(McpWorld.Report(_mcp.SpoolFolder).Pauses);
    }

    [Fact]
    public async Task Metadata_that_never_says_who_sends_is_no_pause()
    {
        var silent = _forker.Metadata().Replace("<send>", "<other>", StringComparison.Ordinal).Replace("</send>", "</other>", StringComparison.Ordinal);
        var (session, answer) = await _mcp.InviteWithAsync(
            "srs", "x", invite => invite with { Body = Forker.Body(_forker.Sdp("sendonly"), silent) });
        Assert.Equal(200, answer.StatusCode);
        await UpdateAsync(session, silent);
        await WaitFor(() => McpWorld.Reports(_mcp.SpoolFolder).Count == 1);
        Assert.Empty(McpWorld.Report(_mcp.SpoolFolder).Pauses);
    }

    [Fact]
    public async Task Where_only_changes_came_the_whole_metadata_is_asked_for()
    {
        var (session, answer) = await _mcp.InviteWithAsync("srs", "x", invite => invite with
        {
            Body = Forker.Body(_forker.Sdp("sendonly"), Forker.Partial("""<participant participant_id="p1"><nameID aor="sip:555@customer.example"/></participant>""")),
        });
        Assert.Equal(200, answer.StatusCode);
        Assert.True(_mcp.Requests.TryTake(out var asked, TimeSpan.FromSeconds(20)), "no request came");
        Assert.Equal((SipMethods.Update, true), (asked.Method, SnapshotRequest.IsIn(asked)));
        Assert.Equal("recording-session", asked.Headers["Content-Disposition"]);
        await UpdateAsync(session, _forker.Metadata());
        Assert.Equal(CtiEventNames.Ringing, (await _cti.NextAsync()).Name);
        var established = await _cti.NextAsync();
        Assert.Equal((CtiEventNames.Established, "7009", "555"), (established.Name, established.ThisDN, established.OtherDN));
        session.Bye();
    }

    [Fact]
    public async Task An_agent_who_takes_over_gets_a_segment_of_the_same_call()
    {
        var (session, first) = await BeginAsync();
        await Wait(1200);
        await UpdateAsync(session, Forker.Partial(
            """<participant participant_id="p2"><nameID aor="sip:7010@agents.example"/></participant>"""));
        Assert.Equal((CtiEventNames.Released, "7009"), Name(await _cti.NextAsync()));
        Assert.Equal(RecordingState.Off, (await _cti.NextAsync()).Recording!.State);
        Assert.Equal((CtiEventNames.Ringing, "7010"), Name(await _cti.NextAsync()));
        var second = await _cti.NextAsync();
        Assert.Equal((CtiEventNames.Established, "7010", first.CallUUID), (second.Name, second.ThisDN, second.CallUUID));
        Assert.Equal(RecordingState.On, (await _cti.NextAsync()).Recording!.State);
        await Wait(1200);
        session.Bye();
        await WaitFor(() => McpWorld.Reports(_mcp.SpoolFolder).Count(report => report.EndReason != EndReason.Truncated) == 2);
        await _mcp.StopAsync();
        var reports = McpWorld.Reports(_mcp.SpoolFolder).OrderBy(report => report.StartUs).ToList();
        Assert.Equal(["7009", "7010"], reports.Select(report => report.RecordDn));
        Assert.All(reports, report => Assert.Equal(["555"], report.OtherDns));
        foreach (var report in reports)
        {
            var channels = _mcp.Channels(_mcp.SpoolFolder, Assert.Single(report.Parts));
            Assert.Equal(880, Spectrum.PeakFrequency(channels[0].AsSpan(8 * 300, 8 * 600), 8000), 4.0);
            Assert.Equal(440, Spectrum.PeakFrequency(channels[1].AsSpan(8 * 300, 8 * 600), 8000), 4.0);
        }
    }

    [Fact]
    public async Task A_second_session_for_the_same_call_stands_by_and_goes_on_when_the_first_is_gone()
    {
        var (session, first) = await BeginAsync();
        using var customer = new LegPhone(440);
        using var agent = new LegPhone(880);
        var (spare, answer) = await _mcp.InviteWithAsync(
            "srs", "x", invite => invite with { Body = new Forker(customer, agent).Body("sendonly") });
        Speak(answer, customer, agent);
        await Wait(1000);
        Assert.Single(McpWorld.Reports(_mcp.SpoolFolder));
        session.Bye();
        Assert.Equal((CtiEventNames.Released, "7009"), Name(await _cti.NextAsync()));
        Assert.Equal(RecordingState.Off, (await _cti.NextAsync()).Recording!.State);
        await _cti.NextAsync();
        var second = await _cti.NextAsync();
        Assert.Equal((CtiEventNames.Established, first.CallUUID, first.ConnID), (second.Name, second.CallUUID, second.ConnID));
        Assert.Equal(RecordingState.On, (await _cti.NextAsync()).Recording!.State);
        await Wait(1000);
        spare.Bye();
        await WaitFor(() => McpWorld.Reports(_mcp.SpoolFolder).Count(report => report.EndReason != EndReason.Truncated) == 2);
        await _mcp.StopAsync();
        var last = McpWorld.Reports(_mcp.SpoolFolder).MaxBy(report => report.StartUs)!;
        var channels = _mcp.Channels(_mcp.SpoolFolder, Assert.Single(last.Parts));
        Assert.Equal(880, Spectrum.PeakFrequency(channels[0].AsSpan(8 * 200, 8 * 500), 8000), 4.0);
    }

    private async Task<(InviteSession Session, CtiEvent Established)> BeginAsync()
    {
        var (session, answer) = await _mcp.InviteWithAsync("srs", "x", invite => invite with { Body = _forker.Body("sendonly") });
        Speak(answer, _customer, _agent);
        Assert.Equal(CtiEventNames.Ringing, (await _cti.NextAsync()).Name);
        var established = await _cti.NextAsync();
        Assert.Equal((CtiEventNames.Established, "7009"), Name(established));
        Assert.Equal(RecordingState.On, (await _cti.NextAsync()).Recording!.State);
        return (session, established);
    }

    private static void Speak(SipResponse answer, LegPhone customer, LegPhone agent)
    {
        Assert.Equal(200, answer.StatusCode);
        Assert.True(SdpSession.TryParse(answer.Body.Span, out var sdp));
        customer.SpeakTo(new IPEndPoint(IPAddress.Loopback, sdp.Media[0].Port));
        agent.SpeakTo(new IPEndPoint(IPAddress.Loopback, sdp.Media[1].Port));
    }

    private async Task PauseAsync(InviteSession session, string kind, bool paused)
    {
        const string Nobody = """<participantstreamassoc participant_id="p1"/><participantstreamassoc participant_id="p2"/>""";
        const string Both = """<participantstreamassoc participant_id="p1"><send>t1</send></participantstreamassoc><participantstreamassoc participant_id="p2"><send>t2</send></participantstreamassoc>""";
        switch (kind)
        {
            case "metadata by UPDATE":
                await UpdateAsync(session, paused
                    ? _forker.Metadata().Replace("<send>t1</send>", "", StringComparison.Ordinal).Replace("<send>t2</send>", "", StringComparison.Ordinal)
                    : _forker.Metadata());
                break;
            case "partial metadata by UPDATE":
                await UpdateAsync(session, Forker.Partial(paused ? Nobody : Both));
                break;
            default:
                _forker.Address = paused && kind == "zero address" ? "0.0.0.0" : "127.0.0.1";
                var answer = await session.ReInviteAsync(_forker.Sdp(paused && kind == "inactive" ? "inactive" : "sendonly"));
                Assert.True(answer.IsAccepted, $"{answer.Response.StatusCode}");
                Assert.True(SdpSession.TryParse(answer.Response.Body.Span, out var sdp));
                Assert.All(sdp.Media, block => Assert.Equal(paused ? SdpDirection.Inactive : SdpDirection.RecvOnly, block.OwnDirection));
                break;
        }
    }

    private static async Task UpdateAsync(InviteSession session, string metadata)
    {
        var response = await session.RequestAsync(
            SipMethods.Update, SiprecBody.MetadataType, metadata, ("Content-Disposition", "recording-session"));
        Assert.Equal(200, response.StatusCode);
    }

    private static (string, string?) Name(CtiEvent happened) => (happened.Name, happened.ThisDN);
}
