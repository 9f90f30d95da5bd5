using Tandem.Lab.Clients;
using Tandem.Lab.Machines;
using Tandem.Lab.Results;
using Tandem.Lab.Senses;

namespace Tandem.SystemTests.Peers;

/// <summary>Both telephones are SIPp, another's implementation of SIP and RTP; the agent's PC has no SRS.</summary>
public sealed class SippTests
{
    [Theory]
    [InlineData("u1")]
    [InlineData("t1")]
    public async Task Voice_is_recorded_and_the_missing_screen_is_said(string transport)
    {
        Assert.SkipWhen(TestKit.Tool.Missing("sipp", "ffmpeg") is not null, TestKit.Tool.Missing("sipp", "ffmpeg") ?? "");
        var stop = TestContext.Current.CancellationToken;
        await using var server = await Installation.StartAsync(stop);
        await server.Dns.PutDnAsync("7001", Installation.Password, record: true, "a1", stop);
        await server.Dns.PutDnAsync("5550001", Installation.Password, record: false, "customer", stop);
        await server.Admin.PutAgentAsync("a1", Installation.Password, "7001", false, null, stop);
        var port = FreePorts.Next();
        await using (var register = Sipp.Start(server, "register", "7001", null, port, transport))
            Assert.True(await register.WaitForExitAsync(TimeSpan.FromSeconds(60), stop) == 0, register.Tail);
        using var agent = new WebServicesClient(server.Addresses.WebUri, "a1", Installation.Password);
        await agent.AgentOperationAsync("StartContactCenterSession", stop);

        await using var agentPhone = Sipp.Start(server, "agent", "7001", await Sipp.ToneAsync(server, 880), port, transport);
        await using var customer = Sipp.Start(
            server, "customer", "7001", await Sipp.ToneAsync(server, 440), FreePorts.Next(), transport);
        Assert.True(await customer.WaitForExitAsync(TimeSpan.FromSeconds(70), stop) == 0, customer.Tail);
        Assert.True(await agentPhone.WaitForExitAsync(TimeSpan.FromSeconds(30), stop) == 0, agentPhone.Tail);

        var interaction = await Stored.AwaitAsync(server.Admin, stop);
        var segment = Assert.Single(interaction.Segments);
        Assert.Equal(["7001", "5550001"], segment.Channels);
        var audio = await Stored.VoiceAsync(server, segment, stop);
        for (var at = 500.0; at + 900 < audio.DurationMs; at += 400)
        {
            Assert.Equal(["a1"], Ear.PartiesIn(Ear.Window(audio, 0, at, at + 400), audio.Rate));
            Assert.Equal(["customer"], Ear.PartiesIn(Ear.Window(audio, 1, at, at + 400), audio.Rate));
        }
        Assert.InRange(audio.DurationMs, 5500, 9000);
        var raw = await server.Admin.InteractionAsync(interaction.CallUuid, stop);
        var gap = Assert.Single(raw["missing"]!.AsArray(), entry => entry!["what"]!.GetValue<string>() == "screen");
        Assert.Equal("a1", gap!["agentId"]!.GetValue<string>());
        Assert.NotEmpty(gap["why"]!.GetValue<string>());
    }
}
