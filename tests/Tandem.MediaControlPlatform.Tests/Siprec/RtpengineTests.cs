using System.Net;
using System.Net.Sockets;
using Tandem.Contracts.Media;
using Tandem.Media.Signals;
using Tandem.MediaControlPlatform.Tests.Control;
using Tandem.Sip.Sdp;
using Tandem.TestKit;
using static Tandem.MediaControlPlatform.Tests.Waiting;

namespace Tandem.MediaControlPlatform.Tests.Siprec;

/// <summary>The forker is rtpengine: it relays a call of two phones and sends a copy of each voice to us.</summary>
public sealed class RtpengineTests
{
    [Fact]
    public async Task A_call_forked_by_rtpengine_is_recorded_with_each_party_on_its_channel()
    {
        Assert.SkipUnless(Tool.Missing("rtpengine") is null, Tool.Missing("rtpengine") ?? "");
        await using var mcp = new McpWorld();
        await mcp.StartAsync();
        var ports = FreePorts.Run(42);
        await using var rtpengine = RunningProcess.Start("rtpengine",
        [
            "--config-file=none", "--table=-1", "--interface=127.0.0.1", Invariant($"--listen-ng=127.0.0.1:{ports}"),
            Invariant($"--port-min={ports + 2}"), Invariant($"--port-max={ports + 41}"), "--num-threads=1", "--foreground",
            "--log-stderr", "--log-level=5",
        ]);
        using var ng = new NgClient(ports);
        await UntilUpAsync(ng, rtpengine);
        using var customer = new LegPhone(440);
        using var agent = new LegPhone(880);
        await ConnectAsync(ng, customer, agent);

        var forked = await ng.AskAsync("subscribe request", ("call-id", "c1"), ("flags", new[] { "all", "siprec" }));
        Assert.True(forked["result"] == "ok", forked.GetValueOrDefault("error-reason"));
        Assert.True(SdpSession.TryParse(forked["sdp"], out var offered));
        Assert.Equal(2, offered.Media.Count);
        var (session, answer) = await mcp.InviteWithAsync("srs", "x", invite => invite with
        {
            Body = Forker.Body(forked["sdp"], Metadata(offered.Media[0].Label!, offered.Media[1].Label!)),
        });
        Assert.Equal(200, answer.StatusCode);
        var taken = await ng.AskAsync(
            "subscribe answer", ("call-id", "c1"), ("to-tag", forked["to-tag"]), ("sdp", answer.BodyText), ("flags", new[] { "siprec" }));
        Assert.True(taken["result"] == "ok", $"{answer.BodyText}\n{rtpengine.Output}");
        await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System, TestContext.Current.CancellationToken);
        session.Bye();
        await WaitFor(() => McpWorld.Report(mcp.SpoolFolder).EndReason == EndReason.CallEnded);
        await mcp.StopAsync();
        var report = McpWorld.Report(mcp.SpoolFolder);
        Assert.Equal(("555", "7009"), (report.RecordDn, Assert.Single(report.OtherDns)));
        Assert.Equal(["555", "7009"], report.Anchors.Select(anchor => anchor.Dn).Order());
        var channels = mcp.Channels(mcp.SpoolFolder, Assert.Single(report.Parts));
        Assert.Equal(440, Spectrum.PeakFrequency(channels[0].AsSpan(8 * 1000, 8 * 1000), 8000), 2.0);
        Assert.Equal(880, Spectrum.PeakFrequency(channels[1].AsSpan(8 * 1000, 8 * 1000), 8000), 2.0);
        Assert.InRange(Spectrum.ToneDbfs(channels[0].AsSpan(8 * 1000, 8 * 1000), 8000, 880), -120, -40);
    }

    private static async Task ConnectAsync(NgClient ng, LegPhone customer, LegPhone agent)
    {
        var toAgent = await ng.AskAsync(
            "offer", ("call-id", "c1"), ("from-tag", "customer"), ("sdp", customer.Sdp()), ("ICE", "remove"));
        var toCustomer = await ng.AskAsync(
            "answer", ("call-id", "c1"), ("from-tag", "customer"), ("to-tag", "agent"), ("sdp", agent.Sdp()), ("ICE", "remove"));
        agent.SpeakTo(Rtp(toAgent["sdp"]));
        customer.SpeakTo(Rtp(toCustomer["sdp"]));
    }

    private static IPEndPoint Rtp(string text)
    {
        Assert.True(SdpSession.TryParse(text, out var sdp));
        return sdp.RtpEndPointOf(sdp.Audio!)!;
    }

    private static async Task UntilUpAsync(NgClient ng, RunningProcess rtpengine)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                Assert.Equal("pong", (await ng.AskAsync("ping"))["result"]);
                return;
            }
            catch (SocketException) when (tries < 200 && !rtpengine.HasExited)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
            }
        }
    }

    private static string Metadata(string first, string second) => $"""
        <recording xmlns="urn:ietf:params:xml:ns:recording:1">
          <datamode>complete</datamode>
          <session session_id="s9"/>
          <participant participant_id="p1"><nameID aor="sip:555@customer.example"/></participant>
          <participant participant_id="p2"><nameID aor="sip:7009@agents.example"/></participant>
          <stream stream_id="t1" session_id="s9"><label>{first}</label></stream>
          <stream stream_id="t2" session_id="s9"><label>{second}</label></stream>
          <participantstreamassoc participant_id="p1"><send>t1</send></participantstreamassoc>
          <participantstreamassoc participant_id="p2"><send>t2</send></participantstreamassoc>
        </recording>
        """;

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
