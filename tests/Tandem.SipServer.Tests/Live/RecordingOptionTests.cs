using Tandem.Contracts.Cti;

namespace Tandem.SipServer.Tests.Live;

/// <summary>What is configured of recording goes out to MCP with every segment.</summary>
public sealed class RecordingOptionTests
{
    private static readonly Dictionary<string, string?> All = new()
    {
        ["recordingBeep"] = "true",
        ["recordEachParty"] = "true",
        ["recorders:0"] = "sip:first@192.0.2.1:5080",
        ["recorders:1"] = "sip:192.0.2.2",
    };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Beep_stems_and_recorders_are_asked_for_where_they_are_configured(bool configured)
    {
        await using var server = await LiveServer.StartAsync(
            configured ? All : [], true, ("5001", false), ("7001", true), ("7002", true));
        await server.TalkAsync("5001", "7001");
        await server.ToldAsync("7001", CtiEventNames.Recording);
        await server.AskAsync(CtiRequestNames.SingleStepConference, "7001", other: "7002");
        await (await server.Phone("7002").RingAsync(TestContext.Current.CancellationToken))
            .AnswerAsync(TestContext.Current.CancellationToken);
        await server.ToldAsync("7002", CtiEventNames.Recording);
        var asked = server.Mcp!.Records;
        Assert.Equal(["7001", "7002"], asked.Select(record => record.Dn));
        Assert.All(asked, record => Assert.Equal(
            (configured, configured, configured ? "sip:first@192.0.2.1:5080 sip:192.0.2.2" : null),
            (record.Beep, record.Stems, record.Siprec)));
        Assert.All(asked, record => Assert.Equal(
            (server.Cti.Events.First(one => one.CallUUID is not null).CallUUID, "5001", "7001"),
            (record.CallUuid, record.Ani, record.Dnis)));
    }
}
