using Tandem.MediaControlPlatform.Control;
using Tandem.MediaControlPlatform.Engine;
using Tandem.MediaControlPlatform.Recording;
using Tandem.Sip.Messages;
using Tandem.Sip.UserAgents;

namespace Tandem.MediaControlPlatform.Siprec.Forking;

/// <summary>One segment on its way to one other recorder. A recorder that fails is called again as long as the segment
/// lasts.</summary>
/// <param name="target">With <c>;srtp=sdes</c> it is fed in SRTP, or not at all.</param>
internal sealed class SiprecFork(SiprecForks forks, SegmentRecorder recorder, SipUri target, ForkMetadata metadata)
{
    private const int RetrySeconds = 5;
    private ForkState _state = new("", false, false);
    private ForkState _told = new("", false, false);
    private ForkSession? _session;

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
        var legs = await forks.Engine.RunAsync(_ => OpenLegs());
        var session = _session = new ForkSession(forks, recorder, legs, target.Parameters.Contains("srtp"));
        if (legs.Count < 2)
        {
            await GiveUpAsync("no RTP port is free");
            return;
        }
        _told = _state;
        session.Call(
            target with { Parameters = target.Parameters.Without("srtp") }, _state.IsPaused, Metadata(),
            happened => Work.Enqueue(() => HandleAsync(session, happened)));
    }

    private async Task HandleAsync(ForkSession session, SessionEvent happened)
    {
        if (session != _session)
            return;
        switch (happened)
        {
            case SessionEvent.Answered { Response: var response } when !await session.TakeAsync(response):
                await GiveUpAsync("it does not take both streams as they are offered");
                break;
            case SessionEvent.Answered:
                SiprecLog.Forked(forks.Log, recorder.Request.SegmentId, target.ToString());
                await TellAsync(session);
                break;
            case SessionEvent.Failed { Response: var response }:
                await GiveUpAsync($"{response.StatusCode} {response.ReasonPhrase}");
                break;
            case SessionEvent.Ended:
                await GiveUpAsync("it ended the session");
                break;
            default:
                await session.AnswerAsync(happened, _state.IsPaused, Metadata);
                break;
        }
    }

    private async Task FollowAsync(ForkState now)
    {
        _state = now;
        if (now.IsOver)
        {
            await CloseAsync();
            forks.Forget(this);
        }
        else if (_session is { IsTaken: true } session)
        {
            await TellAsync(session);
        }
    }

    /// <summary>Tells the recorder what has changed since it was last told.</summary>
    private async Task TellAsync(ForkSession session)
    {
        var (told, now) = (_told, _state);
        _told = now;
        if (now.IsPaused != told.IsPaused)
            await session.PauseAsync(now.IsPaused);
        if (now.Others != told.Others)
            await session.DescribeAsync(Metadata());
    }

    private string Metadata() => metadata.Write(recorder.Request.Dn, _state.Others.Split(','));

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

    private Task CloseAsync()
    {
        var session = _session;
        _session = null;
        return session?.CloseAsync() ?? Task.CompletedTask;
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
