using System.Net;
using System.Net.WebSockets;
using System.Text;
using Tandem.Contracts.Cti;
using Tandem.Contracts.Media;
using Tandem.Media.Signals;
using Tandem.Media.Srtp;
using Tandem.MediaControlPlatform.Tests.Control;
using Tandem.Sip.Sdp;
using Tandem.Sip.Siprec;
using Tandem.Sip.UserAgents;
using static Tandem.MediaControlPlatform.Tests.Waiting;

namespace Tandem.MediaControlPlatform.Tests.Siprec;

/// <summary>An SBC forks a call to us; the agent is the second participant, whom a CTI client has registered.</summary>
public sealed class SiprecTests : IAsyncLifetime
{
    private readonly McpWorld _mcp = new();
    private readonly LegPhone _customer = new(440);
    private readonly LegPhone _agent = new(880);

    private readonly Forker _forker;

    public SiprecTests() => _forker = new Forker(_customer, _agent);

    public async ValueTask InitializeAsync() => await _mcp.StartAsync();

    public async ValueTask DisposeAsync()
    {
        _agent.Dispose();
        _customer.Dispose();
        await _mcp.DisposeAsync();
    }

    [Fact]
    public async Task A_forked_call_is_recorded_with_the_registered_agent_on_channel_1()
    {
        using var cti = await CtiClient.ConnectAsync(_mcp.Cti);
        await cti.AskAsync(new CtiRequest { Name = CtiRequestNames.OpenServer, ReferenceID = 1 });
        Assert.Equal("mcp", (await cti.NextAsync()).Position!.Source);
        await cti.AskAsync(new CtiRequest { Name = CtiRequestNames.RegisterAddress, ReferenceID = 2, ThisDN = "7009" });
        Assert.Empty((await cti.NextAsync()).Snapshot!.Calls);

        var (session, answer) = await _mcp.InviteWithAsync("srs", "x", invite => invite with { Body = _forker.Body("sendonly") });
        Assert.Equal(200, answer.StatusCode);
        Assert.True(SdpSession.TryParse(answer.Body.Span, out var sdp));
        Assert.EndsWith(";+sip.srs", answer.Headers["Contact"], StringComparison.Ordinal);
        Assert.Equal(["1", "2"], sdp.Media.Select(block => block.Label));
        Assert.All(sdp.Media, block => Assert.Equal(SdpDirection.RecvOnly, block.OwnDirection));
        _customer.SpeakTo(new IPEndPoint(IPAddress.Loopback, sdp.Media[0].Port));
        _agent.SpeakTo(new IPEndPoint(IPAddress.Loopback, sdp.Media[1].Port));

        Assert.Equal(CtiEventNames.Ringing, (await cti.NextAsync()).Name);
        var established = await cti.NextAsync();
        Assert.Equal((CtiEventNames.Established, "7009", "555", 32), (established.Name, established.ThisDN, established.OtherDN, established.CallUUID!.Length));
        Assert.Equal(RecordingState.On, (await cti.NextAsync()).Recording!.State);
        await Wait(2500);
        await AnswerAsync(session, "inactive", SdpDirection.Inactive);
        Assert.Equal(RecordingState.Paused, (await cti.NextAsync()).Recording!.State);
        await Wait(800);
        await AnswerAsync(session, "sendonly", SdpDirection.RecvOnly);
        Assert.Equal(RecordingState.On, (await cti.NextAsync()).Recording!.State);
        await Wait(1500);
        session.Bye();
        Assert.Equal(CtiEventNames.Released, (await cti.NextAsync()).Name);
        Assert.Equal(RecordingState.Off, (await cti.NextAsync()).Recording!.State);
        await WaitFor(() => McpWorld.Report(_mcp.SpoolFolder).EndReason == EndReason.CallEnded);
        await _mcp.StopAsync();
        Judge(McpWorld.Report(_mcp.SpoolFolder), established.CallUUID);
    }

    [Fact]
    public async Task A_call_forked_in_SRTP_is_recorded()
    {
        _customer.UseSrtp(SrtpSuite.Supported[0]);
        _agent.UseSrtp(SrtpSuite.Common);
        var (session, answer) = await _mcp.InviteWithAsync("srs", "x", invite => invite with { Body = _forker.Body("sendonly") });
        Assert.Equal(200, answer.StatusCode);
        Assert.True(SdpSession.TryParse(answer.Body.Span, out var sdp));
        Assert.Equal(
            [("RTP/SAVP", SrtpSuite.Supported[0].Name, 7), ("RTP/SAVP", SrtpSuite.Common.Name, 7)],
            sdp.Media.Select(block => (block.Protocol, block.Crypto[0].Suite, block.Crypto[0].Tag)));
        _customer.SpeakTo(new IPEndPoint(IPAddress.Loopback, sdp.Media[0].Port));
        _agent.SpeakTo(new IPEndPoint(IPAddress.Loopback, sdp.Media[1].Port));
        await Wait(2500);
        session.Bye();
        await WaitFor(() => McpWorld.Report(_mcp.SpoolFolder).EndReason == EndReason.CallEnded);
        await _mcp.StopAsync();
        var channels = _mcp.Channels(_mcp.SpoolFolder, Assert.Single(McpWorld.Report(_mcp.SpoolFolder).Parts));
        Assert.Equal(440, Spectrum.PeakFrequency(channels[0].AsSpan(8 * 700, 8 * 1000), 8000), 2.0);
        Assert.Equal(880, Spectrum.PeakFrequency(channels[1].AsSpan(8 * 700, 8 * 1000), 8000), 2.0);
    }

    [Fact]
    public async Task A_client_without_the_token_is_refused()
    {
        var failure = await Assert.ThrowsAsync<WebSocketException>(() => CtiClient.ConnectAsync(_mcp.Cti, "wrong"));
        Assert.Contains("401", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bodies_of_every_vendor_are_accepted()
    {
        var folder = TestKit.Vectors.At("siprec");
        Assert.SkipUnless(TestKit.Vectors.Missing(folder) is null, TestKit.Vectors.Missing(folder) ?? "");
        var taken = 0;
        foreach (var file in Directory.EnumerateFiles(folder, "*offer*.txt").Order())
        {
            var text = (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).ReplaceLineEndings("\r\n").TrimStart();
            var boundary = text[2..text.IndexOf("\r\n", StringComparison.Ordinal)].Trim();
            var (session, answer) = await _mcp.InviteWithAsync("srs", "x", invite => invite with
            {
                Body = ($"multipart/mixed;boundary=\"{boundary}\"", Encoding.UTF8.GetBytes(text)),
                Headers = [("Require", "siprec")],
            });
            Assert.True(answer.StatusCode == 200, $"{Path.GetFileName(file)}: {answer.StatusCode}");
            Assert.True(SiprecBody.TryParse($"multipart/mixed;boundary=\"{boundary}\"", Encoding.UTF8.GetBytes(text), out var body));
            Assert.True(SdpSession.TryParse(answer.Body.Span, out var sdp));
            var silent = sdp.Media.Select(block => block.IsRefused || block.OwnDirection == SdpDirection.Inactive);
            Assert.Equal(body.Sdp!.Media.Select(block => block.Type != "audio" || !body.Sdp.DirectionOf(block).Sends()), silent);
            Assert.All(sdp.Media.Where(block => !block.IsRefused), block => Assert.Contains(
                block.OwnDirection!.Value, new[] { SdpDirection.RecvOnly, SdpDirection.Inactive }));
            taken++;
            session.Bye();
        }
        Assert.True(taken >= 8, $"{taken} bodies");
    }

    private void Judge(VoiceSegmentReport report, string callUuid)
    {
        Assert.Equal(("7009", callUuid), (report.RecordDn, report.CallUuid));
        Assert.Equal(["555"], report.OtherDns);
        var channels = _mcp.Channels(_mcp.SpoolFolder, Assert.Single(report.Parts));
        Assert.Equal(880, Spectrum.PeakFrequency(channels[0].AsSpan(8 * 700, 8 * 1500), 8000), 2.0);
        Assert.Equal(440, Spectrum.PeakFrequency(channels[1].AsSpan(8 * 700, 8 * 1500), 8000), 2.0);
        var pause = Assert.Single(report.Pauses);
        Assert.InRange(pause.StopMs - pause.StartMs, 700, 5000);
        Assert.All(channels, pcm => Assert.All(
            pcm[(int)(8 * pause.StartMs)..(int)(8 * pause.StopMs)], sample => Assert.InRange(sample, -8, 8)));
    }

    private async Task AnswerAsync(InviteSession session, string direction, SdpDirection expected)
    {
        var answer = await session.ReInviteAsync(_forker.Sdp(direction));
        Assert.True(answer.IsAccepted, $"{answer.Response.StatusCode}");
        Assert.True(SdpSession.TryParse(answer.Response.Body.Span, out var sdp));
        Assert.All(sdp.Media, block => Assert.Equal(expected, block.OwnDirection));
    }
}
