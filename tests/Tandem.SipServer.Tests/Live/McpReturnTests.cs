using Tandem.Contracts.Cti;

namespace Tandem.SipServer.Tests.Live;

/// <summary>Standing calls whose only MCP is lost and comes back.</summary>
public sealed class McpReturnTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_call_is_recorded_again_when_its_mcp_is_back(bool noticed)
    {
        await using var server = await LiveServer.StartAsync(true, ("5001", false), ("7001", true));
        var (caller, callee, _) = await server.TalkAsync("5001", "7001");
        await server.ToldAsync("7001", CtiEventNames.Recording);

        // Started anew between two probes it was never seen to be away.
        await server.Mcp!.DisposeAsync();
        if (noticed) await server.ToldAsync("7001", CtiEventNames.Recording, 2);
        server.RestartMcp();
        await server.ToldAsync("7001", CtiEventNames.Recording, 3);
        Assert.Equal(["On:s1", "Failed:s1", "On:s2"], Recordings(server));
        Assert.Equal(["5001", "7001"], server.Mcp.Standing);
        Assert.False(caller.Over.IsCompleted || callee.Over.IsCompleted);
        await caller.HangUpAsync(Stop);
        await server.ToldAsync("7001", CtiEventNames.Recording, 4);
        Assert.Equal("Off:s2", Recordings(server)[^1]);
    }

    [Fact]
    public async Task A_call_that_began_without_mcp_is_recorded_when_there_is_one()
    {
        await using var server = await LiveServer.StartAsync(false, ("5001", false), ("7001", true));
        await server.TalkAsync("5001", "7001");
        await server.ToldAsync("7001", CtiEventNames.Recording);
        server.RestartMcp();
        await server.ToldAsync("7001", CtiEventNames.Recording, 2);
        Assert.Equal(["Failed:s1", "On:s2"], Recordings(server));
    }

    [Fact]
    public async Task What_was_paused_begins_paused()
    {
        await using var server = await LiveServer.StartAsync(true, ("5001", false), ("7001", true));
        await server.TalkAsync("5001", "7001");
        await server.ToldAsync("7001", CtiEventNames.Recording);
        await server.AskAsync(CtiRequestNames.PrivateService, "7001", message: "GSIP_RECORD_PAUSE");
        await server.Mcp!.DisposeAsync();
        await server.ToldAsync("7001", CtiEventNames.Recording, 3);
        server.RestartMcp();
        await server.ToldAsync("7001", CtiEventNames.Recording, 4);
        Assert.Equal(["On:s1", "Paused:s1", "Failed:s1", "Paused:s2"], Recordings(server));
        Assert.Equal(["record 7001", "pause"], server.Mcp.Told);
        await server.AskAsync(CtiRequestNames.PrivateService, "7001", message: "GSIP_RECORD_RESUME");
        Assert.Equal("On:s2", Recordings(server)[^1]);
    }

    [Fact]
    public async Task Who_was_held_is_held_still()
    {
        await using var server = await LiveServer.StartAsync(true, ("5001", false), ("7001", true));
        var (_, _, connId) = await server.TalkAsync("5001", "7001");
        await server.ToldAsync("7001", CtiEventNames.Recording);
        await server.AskAsync(CtiRequestNames.HoldCall, "7001", connId);
        await server.Mcp!.DisposeAsync();
        await server.ToldAsync("7001", CtiEventNames.Recording, 2);
        server.RestartMcp();
        await server.ToldAsync("7001", CtiEventNames.Recording, 3);
        Assert.Equal(["unjoin 7001", "record 7001"], server.Mcp.Told);
        await server.AskAsync(CtiRequestNames.RetrieveCall, "7001", connId);
        Assert.Equal("join 7001", server.Mcp.Told[^1]);
    }

    private static string[] Recordings(LiveServer server) =>
        [.. server.Story("7001").Where(line => line.Contains(" Recording ", StringComparison.Ordinal)).Select(line => line.Split(' ')[^1])];
}
