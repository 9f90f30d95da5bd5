using Tandem.Contracts.Media;
using Tandem.Media.Signals;
using Tandem.MediaControlPlatform.Tests.Control;
using Tandem.Sip.Msml;
using Tandem.TestKit;
using static Tandem.MediaControlPlatform.Tests.Waiting;

namespace Tandem.MediaControlPlatform.Tests.Siprec;

/// <summary>A call recorded here is fed to a second recorder in parallel: another MCP, which takes it by SIPREC.</summary>
public sealed class SiprecForkTests : IAsyncLifetime
{
    private const string SegmentId = "0d5c2e5e-8d2c-4b55-9a59-2f1f0f7f0a03";
    private readonly McpWorld _mcp = new();
    private readonly McpWorld _other = new();
    private readonly LegPhone _agent = new(880);
    private readonly LegPhone _customer = new(440);

    public async ValueTask InitializeAsync()
    {
        await _mcp.StartAsync();
        await _other.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _agent.Dispose();
        _customer.Dispose();
        await _mcp.DisposeAsync();
        await _other.DisposeAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData(";srtp=sdes")]
    public async Task The_second_recorder_has_both_channels_named_and_paused_alike(string how)
    {
        var hangup = await CallAsync(_other.Sip + how);
        await WaitFor(() => McpWorld.Reports(_other.SpoolFolder).Count == 1);
        await Wait(1500);
        await McpWorld.MsmlAsync(hangup.Leg, new MsmlSend(MsmlSend.Pause, Dialog));
        await Wait(1000);
        await McpWorld.MsmlAsync(hangup.Leg, new MsmlSend(MsmlSend.Resume, Dialog));
        await Wait(1500);
        hangup.All();
        await WaitFor(() => McpWorld.Report(_other.SpoolFolder).EndReason == EndReason.CallEnded);
        await WaitFor(() => McpWorld.Report(_mcp.SpoolFolder).EndReason == EndReason.CallEnded);
        await _other.StopAsync();
        var report = McpWorld.Report(_other.SpoolFolder);
        Assert.Equal(("7001", "555"), (report.RecordDn, Assert.Single(report.OtherDns)));
        var channels = _other.Channels(_other.SpoolFolder, Assert.Single(report.Parts));
        Assert.Equal(880, Spectrum.PeakFrequency(channels[0].AsSpan(8 * 400, 8 * 800), 8000), 3.0);
        Assert.Equal(440, Spectrum.PeakFrequency(channels[1].AsSpan(8 * 400, 8 * 800), 8000), 3.0);
        var pause = Assert.Single(report.Pauses);
        Assert.All(channels, pcm => Assert.All(
            pcm[(int)(8 * pause.StartMs)..(int)(8 * pause.StopMs)], sample => Assert.InRange(sample, -8, 8)));
    }

    [Fact]
    public async Task A_recorder_that_is_not_there_touches_neither_call_nor_recording()
    {
        var hangup = await CallAsync($"sip:127.0.0.1:{FreePorts.One()}");
        await Wait(1500);
        hangup.All();
        await JudgeOwnAsync();
    }

    [Fact]
    public async Task A_recorder_that_dies_in_the_middle_touches_neither_call_nor_recording()
    {
        var hangup = await CallAsync(_other.Sip);
        await WaitFor(() => McpWorld.Reports(_other.SpoolFolder).Count == 1);
        await Wait(500);
        await _other.StopAsync();
        await Wait(1000);
        hangup.All();
        await JudgeOwnAsync();
    }

    private static string Dialog => $"conf:{McpWorld.ConferenceId}/dialog:{SegmentId}";

    private async Task<(Tandem.Sip.UserAgents.InviteSession Leg, Action All)> CallAsync(string recorder)
    {
        var (agent, agentRtp) = await _mcp.LegAsync("7001", _agent);
        var (customer, customerRtp) = await _mcp.LegAsync("555", _customer);
        _agent.SpeakTo(agentRtp);
        _customer.SpeakTo(customerRtp);
        var result = await McpWorld.MsmlAsync(agent, new MsmlDialogStart("conf:" + McpWorld.ConferenceId, SegmentId)
        {
            Record = new MsmlRecord("7001") { CallUuid = "00000000000000000000000000000001", Siprec = recorder },
        });
        Assert.True(result.IsSuccess, result.Description);
        return (agent, () =>
        {
            agent.Bye();
            customer.Bye();
        });
    }

    private async Task JudgeOwnAsync()
    {
        await WaitFor(() => McpWorld.Report(_mcp.SpoolFolder).EndReason == EndReason.CallEnded);
        await _mcp.StopAsync();
        var report = McpWorld.Report(_mcp.SpoolFolder);
        Assert.Empty(report.Gaps);
        var channels = _mcp.Channels(_mcp.SpoolFolder, Assert.Single(report.Parts));
        Assert.Equal(880, Spectrum.PeakFrequency(channels[0].AsSpan(8 * 400, 8 * 800), 8000), 3.0);
        Assert.Equal(440, Spectrum.PeakFrequency(channels[1].AsSpan(8 * 400, 8 * 800), 8000), 3.0);
        Assert.True(_agent.HeardCount > 8 * 1000 && _customer.HeardCount > 8 * 1000);
    }
}
