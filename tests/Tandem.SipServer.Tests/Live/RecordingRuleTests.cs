using System.Net;
using Tandem.Contracts.Cti;

namespace Tandem.SipServer.Tests.Live;

/// <summary>Selective recording by rule on real calls.</summary>
public sealed class RecordingRuleTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_calls_from_the_named_source_are_recorded_and_a_request_still_works()
    {
        await using var server = await LiveServer.StartAsync(true, ("5001", false), ("5002", false), ("7001", false));
        await server.PutAsync("/configuration/recording-rules", """[{"record":"destination","source":"5001"}]""");
        var (first, _, _) = await server.TalkAsync("5001", "7001");
        await server.ToldAsync("7001", CtiEventNames.Recording);
        Assert.Equal(["record 7001"], await server.Mcp!.ToldAsync(1));
        await first.HangUpAsync(Stop);
        await server.ToldAsync("7001", CtiEventNames.Recording, 2);
        var calling = server.Phone("5002").Dial("7001");
        await (await server.Phone("7001").RingAsync(Stop)).AnswerAsync(Stop);
        await calling.Talking.WaitAsync(TimeSpan.FromSeconds(30), Stop);
        await server.ToldAsync("7001", CtiEventNames.Established, 2);
        await server.AskAsync(CtiRequestNames.PrivateService, "7001", message: "GSIP_RECORD_START");
        await server.ToldAsync("7001", CtiEventNames.Recording, 3);
        Assert.Equal(2, server.Mcp.Told.Count(line => line == "record 7001"));
    }

    [Fact]
    public async Task A_rule_beats_the_setting_of_the_dn_also_after_a_transfer()
    {
        await using var server = await LiveServer.StartAsync(true, ("5001", false), ("7001", false), ("7002", true));
        await server.PutAsync(
            "/configuration/recording-rules", """[{"record":"disable_destination","destination":"7002","source":"5001"}]""");
        var (_, _, connId) = await server.TalkAsync("5001", "7001");
        await server.AskAsync(CtiRequestNames.SingleStepTransfer, "7001", connId, "7002");
        await (await server.Phone("7002").RingAsync(Stop)).AnswerAsync(Stop);
        await server.ToldAsync("7002", CtiEventNames.Established);
        await server.ToldAsync("7001", CtiEventNames.Released);
        Assert.DoesNotContain(server.Mcp!.Told, line => line.StartsWith("record", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""[{"record":"sometimes"}]""")]
    [InlineData("""[{"record":"source","percent":0}]""")]
    [InlineData("""[{"record":"source","nobody":"x"}]""")]
    [InlineData("""[{}]""")]
    public async Task A_wrong_rule_is_refused_in_words(string json)
    {
        await using var server = await LiveServer.StartAsync(false);
        using var put = await server.SendAsync(HttpMethod.Put, "/configuration/recording-rules", json);
        Assert.Equal(HttpStatusCode.BadRequest, put.StatusCode);
        Assert.Contains("detail", await put.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }
}
