using System.Net;
using Tandem.Contracts.Media;
using Tandem.Media.Signals;
using Tandem.Media.Srtp;
using Tandem.Sip.Msml;
using Tandem.Sip.Sdp;
using static Tandem.MediaControlPlatform.Tests.Waiting;

namespace Tandem.MediaControlPlatform.Tests.Control;

/// <summary>A phone that speaks SRTP and one that does not, in one recorded call over real sockets.</summary>
public sealed class SecureCallTests : IAsyncLifetime
{
    private const string SegmentId = "0d5c2e5e-8d2c-4b55-9a59-2f1f0f7f0a02";
    private readonly McpWorld _mcp = new();
    private readonly LegPhone _agent = new(880);
    private readonly LegPhone _customer = new(440);

    public static TheoryData<string> Suites => [.. SrtpSuite.Supported.Select(suite => suite.Name)];

    public async ValueTask InitializeAsync() => await _mcp.StartAsync();

    public async ValueTask DisposeAsync()
    {
        _agent.Dispose();
        _customer.Dispose();
        await _mcp.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Suites))]
    public async Task A_leg_with_SRTP_talks_to_one_in_clear_and_both_are_recorded(string suite)
    {
        _agent.UseSrtp(SrtpSuite.Find(suite)!);
        var (agent, answer) = await _mcp.InviteAsync($"msml={McpWorld.ConferenceId}", "7001", _agent.Sdp());
        Assert.Equal(200, answer.StatusCode);
        Assert.True(SdpSession.TryParse(answer.Body.Span, out var sdp));
        Assert.Equal("RTP/SAVP", sdp.Audio!.Protocol);
        var line = Assert.Single(sdp.Audio.Crypto);
        Assert.Equal((7, suite), (line.Tag, line.Suite));
        _agent.Expect(new SrtpKey(SrtpSuite.Find(suite)!, line.KeyAndSalt));
        var (customer, customerRtp) = await _mcp.LegAsync("555", _customer);
        _agent.SpeakTo(sdp.RtpEndPointOf(sdp.Audio)!);
        _customer.SpeakTo(customerRtp);
        await McpWorld.MsmlAsync(agent, new MsmlDialogStart("conf:" + McpWorld.ConferenceId, SegmentId) { Record = new MsmlRecord("7001") });
        await WaitFor(() => _agent.HeardCount > 8 * 2000 && _customer.HeardCount > 8 * 2000);
        agent.Bye();
        customer.Bye();
        await WaitFor(() => McpWorld.Report(_mcp.SpoolFolder).EndReason == EndReason.CallEnded);
        await _mcp.StopAsync();
        var channels = _mcp.Channels(_mcp.SpoolFolder, Assert.Single(McpWorld.Report(_mcp.SpoolFolder).Parts));
        Assert.Equal(880, Spectrum.PeakFrequency(channels[0].AsSpan(8 * 500, 8 * 1000), 8000), 2.0);
        Assert.Equal(440, Spectrum.PeakFrequency(channels[1].AsSpan(8 * 500, 8 * 1000), 8000), 2.0);
        Assert.Equal(440, Spectrum.PeakFrequency(_agent.Heard.ToArray().AsSpan(8 * 1000, 8 * 500), 8000), 3.0);
        Assert.Equal(880, Spectrum.PeakFrequency(_customer.Heard.ToArray().AsSpan(8 * 1000, 8 * 500), 8000), 3.0);
    }

    [Fact]
    public async Task A_phone_that_takes_only_SRTP_is_offered_SRTP_and_keeps_its_keys()
    {
        var suite = SrtpSuite.Common;
        _agent.UseSrtp(suite);
        var (agent, offer) = await _mcp.InviteAsync($"msml={McpWorld.ConferenceId}", "7001;srtp=sdes", null);
        Assert.True(SdpSession.TryParse(offer.Body.Span, out var sdp));
        Assert.Equal(("RTP/SAVP", suite.Name), (sdp.Audio!.Protocol, Assert.Single(sdp.Audio.Crypto).Suite));
        _agent.Expect(new SrtpKey(suite, sdp.Audio.Crypto[0].KeyAndSalt));
        agent.Ack(_agent.Sdp());
        var (_, customerRtp) = await _mcp.LegAsync("555", _customer);
        _agent.SpeakTo(sdp.RtpEndPointOf(sdp.Audio)!);
        _customer.SpeakTo(customerRtp);
        await WaitFor(() => _agent.HeardCount > 8 * 500 && _customer.HeardCount > 8 * 500);
        // A refresh leaves both keys and their counters as they are.
        var again = await agent.ReInviteAsync(_agent.Sdp());
        Assert.True(SdpSession.TryParse(again.Response.Body.Span, out var kept));
        Assert.Equal(sdp.Audio.Crypto[0].KeyAndSalt.ToArray(), kept.Audio!.Crypto[0].KeyAndSalt.ToArray());
        var (one, other) = (_agent.HeardCount, _customer.HeardCount);
        await WaitFor(() => _agent.HeardCount > one + 8 * 500 && _customer.HeardCount > other + 8 * 500);
    }

    [Theory]
    [InlineData("AES_CM_256_HMAC_SHA1_80", "inline:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AES_CM_128_HMAC_SHA1_80", "inline:AAAA")]
    [InlineData("AES_CM_128_HMAC_SHA1_80", "inline:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA UNENCRYPTED_SRTP")]
    public async Task An_offer_whose_keys_cannot_be_used_is_not_acceptable(string suite, string parameters)
    {
        var sdp = _agent.Sdp().Replace("RTP/AVP", "RTP/SAVP", StringComparison.Ordinal) + $"a=crypto:1 {suite} {parameters}\r\n";
        var (_, answer) = await _mcp.InviteAsync($"msml={McpWorld.ConferenceId}", "7001", sdp);
        Assert.Equal(488, answer.StatusCode);
    }
}
