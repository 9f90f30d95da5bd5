using Tandem.Media.Signals;
using Tandem.Media.Srtp;
using Tandem.MediaControlPlatform.Tests.Control;
using Tandem.Sip.Messages;
using Tandem.Sip.Msml;
using Tandem.Sip.Sdp;
using Tandem.Sip.Siprec;
using Tandem.Sip.UserAgents;
using static Tandem.MediaControlPlatform.Tests.Waiting;

namespace Tandem.MediaControlPlatform.Tests.Siprec;

/// <summary>What another maker's recorder is offered by us, and what it may ask of us within its session.</summary>
public sealed class ForeignRecorderTests : IAsyncLifetime
{
    private readonly McpWorld _mcp = new();
    private readonly HandRecorder _recorder = new();
    private readonly LegPhone _agent = new(880);
    private readonly LegPhone _customer = new(440);

    public async ValueTask InitializeAsync() => await _mcp.StartAsync();

    public async ValueTask DisposeAsync()
    {
        _agent.Dispose();
        _customer.Dispose();
        await _mcp.DisposeAsync();
        await _recorder.DisposeAsync();
    }

    [Fact]
    public async Task It_is_fed_in_SRTP_where_that_was_asked_for()
    {
        foreach (var phone in _recorder.Phones)
            phone.UseSrtp(SrtpSuite.Common);
        var session = await CallAsync(";srtp=sdes");
        Assert.Null(session.Invite.RequestUri.Parameters["srtp"]);
        Assert.EndsWith(";+sip.src", session.Invite.Headers["Contact"], StringComparison.Ordinal);
        Assert.True(session.Invite.HasOption("Require", "siprec"));
        Assert.True(SiprecBody.TryParse(session.Invite, out var body));
        Assert.All(body.Sdp!.Media, block => Assert.Equal(
            ("RTP/SAVP", SrtpSuite.Common.Name), (block.Protocol, Assert.Single(block.Crypto).Suite)));
        Assert.NotEqual(body.Sdp.Media[0].Crypto[0].KeyAndSalt.ToArray(), body.Sdp.Media[1].Crypto[0].KeyAndSalt.ToArray());
        await HearsAsync();
    }

    [Fact]
    public async Task Where_SRTP_was_asked_for_nothing_goes_out_in_clear()
    {
        await CallAsync(";srtp=sdes");
        await Wait(1000);
        Assert.All(_recorder.Phones, phone => Assert.Equal(0, phone.HeardCount));
    }

    [Fact]
    public async Task It_gets_the_whole_metadata_when_it_asks()
    {
        var session = await CallAsync("");
        var response = await session.RequestAsync(
            SipMethods.Update, "application/rs-metadata", SnapshotRequest.Write("SRS internal error"), ("Content-Disposition", "recording-session"));
        Assert.Equal(200, response.StatusCode);
        Assert.True(_recorder.Requests.TryTake(out var update, TimeSpan.FromSeconds(20)), "no metadata came");
        Assert.Equal((SipMethods.Update, "recording-session"), (update.Method, update.Headers["Content-Disposition"]));
        Assert.True(SiprecBody.TryParse(update, out var now));
        Assert.True(SiprecBody.TryParse(session.Invite, out var before));
        Assert.True(now.Metadata!.IsComplete);
        Assert.Equal(["7001", "555"], now.Metadata.Participants.Select(one => one.User));
        // The same things bear the same names.
        Assert.Equal(before.Metadata!.Sessions[0].Id, now.Metadata.Sessions[0].Id);
        Assert.Equal(before.Metadata.Streams.Select(one => (one.Id, one.Label)), now.Metadata.Streams.Select(one => (one.Id, one.Label)));
        Assert.Equal(before.Metadata.Participants.Select(one => one.Id), now.Metadata.Participants.Select(one => one.Id));
    }

    [Theory]
    [InlineData("re-INVITE")]
    [InlineData("UPDATE")]
    public async Task It_may_pause_and_go_on(string how)
    {
        var session = await CallAsync("");
        await HearsAsync();
        Assert.All(await OfferAsync(session, how, "inactive"), block => Assert.Equal(SdpDirection.Inactive, block.OwnDirection));
        var heard = await StandsStillAsync();
        Assert.All(await OfferAsync(session, how, "recvonly"), block => Assert.Equal(SdpDirection.SendOnly, block.OwnDirection));
        await WaitFor(() => _recorder.Phones.Zip(heard).All(pair => pair.First.HeardCount > pair.Second + 4000));
    }

    [Fact]
    public async Task It_may_refresh_without_an_offer()
    {
        var session = await CallAsync("");
        var late = await session.ReInviteAsync(null);
        Assert.True(late.IsAccepted, $"{late.Response.StatusCode}");
        Assert.True(SdpSession.TryParse(late.Response.Body.Span, out var offer));
        Assert.All(offer.Media, block => Assert.Equal(SdpDirection.SendOnly, block.OwnDirection));
        late.Ack(_recorder.Sdp("recvonly"));
        var heard = _recorder.Phones[0].HeardCount;
        await WaitFor(() => _recorder.Phones[0].HeardCount > heard + 8000);
    }

    private async Task<InviteSession> CallAsync(string how)
    {
        var (agent, agentRtp) = await _mcp.LegAsync("7001", _agent);
        var (_, customerRtp) = await _mcp.LegAsync("555", _customer);
        _agent.SpeakTo(agentRtp);
        _customer.SpeakTo(customerRtp);
        var result = await McpWorld.MsmlAsync(agent, new MsmlDialogStart("conf:" + McpWorld.ConferenceId, Guid.NewGuid().ToString())
        {
            Record = new MsmlRecord("7001") { CallUuid = "00000000000000000000000000000001", Siprec = _recorder.Sip + how },
        });
        Assert.True(result.IsSuccess, result.Description);
        return await _recorder.TakenAsync();
    }

    private async Task HearsAsync()
    {
        await WaitFor(() => _recorder.Phones.All(phone => phone.HeardCount > 8 * 1500));
        Assert.Equal(880, Spectrum.PeakFrequency(_recorder.Phones[0].Last(6400), 8000), 3.0);
        Assert.Equal(440, Spectrum.PeakFrequency(_recorder.Phones[1].Last(6400), 8000), 3.0);
    }

    /// <summary>Waits until nothing comes any more.</summary>
    /// <returns>How much each phone has heard.</returns>
    private async Task<List<int>> StandsStillAsync()
    {
        for (var tries = 0; tries < 40; tries++)
        {
            var heard = _recorder.Phones.Select(phone => phone.HeardCount).ToList();
            await Wait(500);
            if (heard.SequenceEqual(_recorder.Phones.Select(phone => phone.HeardCount)))
                return heard;
        }
        throw new InvalidOperationException("It is still being fed.");
    }

    private async Task<IReadOnlyList<SdpMedia>> OfferAsync(InviteSession session, string how, string direction)
    {
        var response = how == "UPDATE"
            ? await session.RequestAsync(SipMethods.Update, SdpSession.MediaType, _recorder.Sdp(direction))
            : (await session.ReInviteAsync(_recorder.Sdp(direction))).Response;
        Assert.Equal(200, response.StatusCode);
        Assert.True(SdpSession.TryParse(response.Body.Span, out var sdp));
        Assert.Equal(2, sdp.Media.Count);
        return sdp.Media;
    }
}
