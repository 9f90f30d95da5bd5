using Tandem.MediaControlPlatform.Control;
using Tandem.MediaControlPlatform.Engine;
using Tandem.MediaControlPlatform.Recording;
using Tandem.Sip.Headers;
using Tandem.Sip.Messages;
using Tandem.Sip.Siprec;
using Tandem.Sip.UserAgents;

namespace Tandem.MediaControlPlatform.Siprec.Forking;

/// <summary>One segment on its way to one other recorder: its dialog and its two legs. A recorder that fails is called again
/// as long as the segment lasts.</summary>
internal sealed class SiprecFork(SiprecForks forks, SegmentRecorder recorder, SipUri target, ForkOffer offer)
{
    private const int RetrySeconds = 5;
    private ForkState _state = new("", false, false);
    private List<MediaLeg> _legs = [];
    private SegmentFork? _feed;
    private InviteSession? _session;

    /// <summary>Completes when all that was to be done by now is done.</summary>
    public Task Settled => Work.Settled;

    // Whatever goes wrong, our own recording goes on.
    private WorkInOrder Work => field ??= new WorkInOrder(failure => GiveUpAsync(failure.Message));

    /// <summary>On the engine's thread.</summary>
    public void Begin()
    {
        _state = Now();
        recorder.StateChanged += Changed;
        Work.Enqueue(CallAsync);
    }

    private ForkState Now() => new(string.Join(',', recorder.OtherParties), recorder.IsPaused, recorder.IsStopping);

    private void Changed()
    {
        var now = Now();
        Work.Enqueue(() => FollowAsync(now));
    }

    private async Task CallAsync()
    {
        if (_state.IsOver)
            return;
        _legs = await forks.Engine.RunAsync(_ => OpenLegs());
        if (_legs.Count < 2)
        {
            await GiveUpAsync("no RTP port is free");
            return;
        }
        var sdp = offer.Sdp(_legs, _state.IsPaused);
        var invite = new OutgoingInvite(target, NameAddress.Parse($"<sip:mcp@{forks.Advertise}>"))
        {
            Body = (ForkOffer.ContentType, ForkOffer.Body(sdp, Metadata())),
            Headers = [("Require", "siprec")],
            Contact = forks.Agent.ContactTowards(null) + ";+sip.src",
        };
        _session = forks.Agent.Invite(invite, (session, happened) => Work.Enqueue(() => HandleAsync(session, happened)));
    }

    private Task HandleAsync(InviteSession session, SessionEvent happened)
    {
        if (session != _session)
            return Task.CompletedTask;
        switch (happened)
        {
            case SessionEvent.Answered { Response: var response }:
                return AnsweredAsync(response);
            case SessionEvent.Failed { Response: var response }:
                return GiveUpAsync($"{response.StatusCode} {response.ReasonPhrase}");
            case SessionEvent.Ended:
                return GiveUpAsync("it ended the session");
            case SessionEvent.ReInvite { Offer: var reInvite }:
                reInvite.Reject(488, "Not Acceptable Here");
                return Task.CompletedTask;
            case SessionEvent.Request { Transaction: var transaction }:
                transaction.Respond(200);
                return Task.CompletedTask;
            default:
                return Task.CompletedTask;
        }
    }

    private async Task AnsweredAsync(SipResponse response)
    {
        if (ForkOffer.Read(response, 0) is not { } first || ForkOffer.Read(response, 1) is not { } second)
        {
            _session!.End();
            await GiveUpAsync("it takes not both streams");
            return;
        }
        await forks.Engine.RunAsync(nowUs =>
        {
            _legs[0].Apply(first, nowUs);
            _legs[1].Apply(second, nowUs);
            recorder.Forks.Add(_feed = new SegmentFork(_legs[0], _legs[1]));
            return 0;
        });
        SiprecLog.Forked(forks.Log, recorder.Request.SegmentId, target.ToString());
        if (_state.IsOver)
            await CloseAsync();
    }

    private async Task FollowAsync(ForkState now)
    {
        var before = _state;
        _state = now;
        if (now.IsOver)
        {
            await CloseAsync();
            forks.Forget(this);
            return;
        }
        if (now == before || _feed is null || _session is not { } session)
            return;
        if (now.IsPaused != before.IsPaused)
            await session.ReInviteAsync(offer.Sdp(_legs, now.IsPaused).ToString());
        if (now.Others != before.Others)
            await session.RequestAsync(
                SipMethods.Update, SiprecBody.MetadataType, Metadata(), ("Content-Disposition", "recording-session"));
    }

    private string Metadata() => offer.Metadata(recorder.Request.Dn, _state.Others.Split(','));

    private async Task GiveUpAsync(string why)
    {
        await CloseAsync();
        if (_state.IsOver)
            return;
        SiprecLog.ForkFailed(forks.Log, target.ToString(), recorder.Request.SegmentId, why, RetrySeconds);
        _ = RetryAsync();
    }

    private async Task RetryAsync()
    {
        await Task.Delay(TimeSpan.FromSeconds(RetrySeconds), forks.Time, CancellationToken.None);
        Work.Enqueue(CallAsync);
    }

    private async Task CloseAsync()
    {
        var (session, feed) = (_session, _feed);
        (_session, _feed) = (null, null);
        var legs = _legs;
        _legs = [];
        await forks.Engine.RunAsync(nowUs =>
        {
            if (feed is not null)
                recorder.Forks.Remove(feed);
            foreach (var leg in legs)
                forks.Engine.RemoveLeg(leg, nowUs);
            return 0;
        });
        session?.End();
    }

    private List<MediaLeg> OpenLegs()
    {
        var legs = new List<MediaLeg>();
        var id = Guid.NewGuid().ToString("N");
        for (var i = 1; i <= 2; i++)
        {
            if (forks.Engine.AddLeg($"fork-{id}-{i}", "") is { } leg)
                legs.Add(leg);
        }
        return legs;
    }
}
