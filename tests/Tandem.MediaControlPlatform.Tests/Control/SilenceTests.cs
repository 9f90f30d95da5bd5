using Tandem.Sip.Dialogs;
using Tandem.Sip.Msml;
using Tandem.TestKit;

namespace Tandem.MediaControlPlatform.Tests.Control;

/// <summary>A peer that falls silent is told of once; one that need not send is not waited for.</summary>
public sealed class SilenceTests : IAsyncLifetime
{
    private readonly McpWorld _mcp = new() { SilenceSeconds = 3 };

    public async ValueTask InitializeAsync() => await _mcp.StartAsync();

    public ValueTask DisposeAsync() => _mcp.DisposeAsync();

    [Fact]
    public async Task The_leg_whose_rtp_stops_is_named_and_no_other()
    {
        using var speaks = new LegPhone(440);
        using var dies = new LegPhone(880);
        using var listens = new LegPhone(660);
        var (alive, aliveRtp) = await _mcp.LegAsync("7001", speaks);
        var (dead, deadRtp) = await _mcp.LegAsync("7002", dies);
        var (_, held) = await _mcp.InviteAsync($"msml={McpWorld.ConferenceId}", "7003", listens.Sdp("recvonly"));
        Assert.Equal(200, held.StatusCode);
        speaks.SpeakTo(aliveRtp);
        dies.SpeakTo(deadRtp);
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, TestContext.Current.CancellationToken);
        dies.Dispose();
        var said = _mcp.Next();
        Assert.Equal((MsmlEvent.MediaAbsent, MsmlIds.Connection(dead.RemoteTag!)), (said.Name, said.Id));
        Assert.False(_mcp.Events.TryTake(out var more, TimeSpan.FromSeconds(4)), more?.ToString());
        Assert.False(alive.Dialog!.State is DialogState.Terminated);
    }
}
