using System.Net;
using System.Net.WebSockets;
using System.Text;
using Tandem.Contracts.Cti;
using Tandem.Contracts.Media;
using Tandem.Media.Signals;
using Tandem.MediaControlPlatform.Tests.Control;
using Tandem.Sip.Sdp;
using Tandem.Sip.UserAgents;

namespace Tandem.MediaControlPlatform.Tests.Siprec;

/// <summary>An SBC forks a call to us; the agent is the second participant, whom a CTI client has registered.</summary>
public sealed class SiprecTests : IAsyncLifetime
{
    private readonly McpWorld _mcp = new();
    private readonly LegPhone _customer = new(440);
    private readonly LegPhone _agent = new(880);

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

        var (session, answer) = await _mcp.InviteWithAsync("srs", "x", invite => invite with { Body = Body("sendonly") });
        Assert.Equal(200, answer.StatusCode);
        Assert.True(SdpSession.TryParse(answer.Body.Span, out var sdp));
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
        var (type, body) = Body(direction);
        var answer = await session.ReInviteAsync(Sdp(direction));
        Assert.True(answer.IsAccepted, $"{answer.Response.StatusCode} {type} {body.Length}");
        Assert.True(SdpSession.TryParse(answer.Response.Body.Span, out var sdp));
        Assert.All(sdp.Media, block => Assert.Equal(expected, block.OwnDirection));
    }

    private (string, ReadOnlyMemory<byte>) Body(string direction) => ("multipart/mixed;boundary=b", Encoding.UTF8.GetBytes(
        $"--b\r\nContent-Type: application/sdp\r\n\r\n{Sdp(direction)}\r\n--b\r\n"
        + $"Content-Type: application/rs-metadata+xml\r\nContent-Disposition: recording-session\r\n\r\n{Metadata}\r\n--b--\r\n"));

    private string Sdp(string direction) =>
        "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
        + $"m=audio {_customer.Port} RTP/AVP 8\r\na=rtpmap:8 PCMA/8000\r\na=label:1\r\na={direction}\r\n"
        + $"m=audio {_agent.Port} RTP/AVP 8\r\na=rtpmap:8 PCMA/8000\r\na=label:2\r\na={direction}\r\n";

    private const string Metadata =
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <recording xmlns="urn:ietf:params:xml:ns:recording:1">
          <datamode>complete</datamode>
          <session session_id="s1"><sipSessionID>ab30317f1a784dc48ff824d0d3715d86;remote=47755a9de7794ba387653f2099600ef2</sipSessionID></session>
          <participant participant_id="p1"><nameID aor="sip:555@customer.example"/></participant>
          <participant participant_id="p2"><nameID aor="sip:7009@agents.example"/></participant>
          <stream stream_id="t1" session_id="s1"><label>1</label></stream>
          <stream stream_id="t2" session_id="s1"><label>2</label></stream>
          <participantstreamassoc participant_id="p1"><send>t1</send><recv>t2</recv></participantstreamassoc>
          <participantstreamassoc participant_id="p2"><send>t2</send><recv>t1</recv></participantstreamassoc>
        </recording>
        """;

    private static Task Wait(int ms) => Task.Delay(TimeSpan.FromMilliseconds(ms), TimeProvider.System);

    private static async Task WaitFor(Func<bool> condition)
    {
        for (var tries = 0; tries < 200 && !condition(); tries++)
            await Wait(100);
        Assert.True(condition());
    }
}
