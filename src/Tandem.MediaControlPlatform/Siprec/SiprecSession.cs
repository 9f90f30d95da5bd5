using System.Security.Cryptography;
using Tandem.MediaControlPlatform.Control;
using Tandem.MediaControlPlatform.Cti;
using Tandem.MediaControlPlatform.Engine;
using Tandem.MediaControlPlatform.Recording;
using Tandem.Sip.Messages;
using Tandem.Sip.Msml;
using Tandem.Sip.Sdp;
using Tandem.Sip.Siprec;
using Tandem.Sip.Transactions;
using Tandem.Sip.UserAgents;

namespace Tandem.MediaControlPlatform.Siprec;

/// <summary>One recording session: a leg for each audio block, one segment. The agent, on channel 1, is the participant whose
/// number a CTI client has registered; where there is none, the first. Events are worked off one after the other.</summary>
internal sealed class SiprecSession(SiprecControl control, InviteSession session)
{
    private readonly string _segmentId = Guid.NewGuid().ToString();
    private readonly List<MediaLeg?> _legs = [];
    private readonly Lock _lock = new();
    private SdpOrigin _origin = new("-", BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(4)), 0, control.Advertise.ToString());
    private Task _last = Task.CompletedTask;
    private CtiCall? _call;
    private bool _paused;

    private string ConferenceId => "siprec-" + session.LocalTag;

    public void Begin()
    {
        session.OnEvent = (_, happened) => Enqueue(() => HandleAsync(happened));
        Enqueue(AcceptAsync);
    }

    public void Hangup() => session.End();

    private void Enqueue(Func<Task> work)
    {
        lock (_lock)
            _last = RunAfterAsync(_last, work);
    }

    private async Task RunAfterAsync(Task before, Func<Task> work)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            await work();
        }
        catch (Exception failure)
        {
            ControlLog.LegFailed(control.Log, failure, session.LocalTag, "siprec");
            session.End();
            await CloseAsync();
        }
    }

    private Task HandleAsync(SessionEvent happened) => happened switch
    {
        SessionEvent.ReInvite { Offer: var offer } => ReInviteAsync(offer),
        SessionEvent.Request { Transaction: var transaction } => RequestAsync(transaction),
        SessionEvent.Cancelled or SessionEvent.Ended => CloseAsync(),
        _ => Task.CompletedTask,
    };

    private async Task AcceptAsync()
    {
        if (!SiprecBody.TryParse(session.Invite, out var body) || body.Sdp is null || await AnswerAsync(body) is not { } sdp)
        {
            session.Reject(488, "Not Acceptable Here");
            await CloseAsync();
            return;
        }
        session.Accept(sdp);
        var parties = Parties(body);
        var agent = parties.FirstOrDefault(control.Desk.IsRegistered) ?? parties[0];
        var named = SiprecCall.Of(body.Metadata, session.CallId);
        _call = new CtiCall(agent, parties.FirstOrDefault(one => one != agent), named.CallUuid, named.ConnId, _segmentId);
        control.Desk.Established(_call);
        await control.Engine.RunAsync(nowUs => RecordAsync(agent, named, nowUs));
    }

    private int RecordAsync(string agent, SiprecCall named, long nowUs)
    {
        var request = new RecordRequest(_segmentId, agent, named.CallUuid, named.ConnId, null, null, false);
        control.Segments.Begin(control.Engine.Conference(ConferenceId), request, Told, nowUs);
        return 0;
    }

    private void Told(string name, string? cause)
    {
        if (_call is { } call)
            control.Desk.Recording(call, name, cause);
    }

    private async Task ReInviteAsync(IncomingReInvite offer)
    {
        if (await AnswerAsync(offer.Request) is { } sdp)
            offer.Accept(sdp);
        else
            offer.Reject(488, "Not Acceptable Here");
    }

    private async Task RequestAsync(ServerTransaction transaction)
    {
        if (transaction.Request.Method != SipMethods.Update)
        {
            transaction.Respond(transaction.Request.Method is SipMethods.Options or SipMethods.Info ? 200 : 501);
            return;
        }
        var response = transaction.CreateResponse(200);
        if (await AnswerAsync(transaction.Request) is { } sdp)
            response.SetBody(SdpSession.MediaType, sdp);
        transaction.Respond(response);
    }

    private async Task<string?> AnswerAsync(SipRequest request) =>
        SiprecBody.TryParse(request, out var body) && body.Sdp is not null ? await AnswerAsync(body) : null;

    /// <summary>Takes the offered blocks; all inactive is a pause (RFC 7866 §7.1.1.1).</summary>
    /// <returns>Null when not one block can be recorded.</returns>
    private Task<string?> AnswerAsync(SiprecBody body) => control.Engine.RunAsync(nowUs =>
    {
        var offer = body.Sdp!;
        for (var i = 0; i < offer.Media.Count; i++)
        {
            if (i == _legs.Count)
                _legs.Add(null);
            Take(i, SiprecAnswer.Agree(offer, offer.Media[i]), PartyOf(body, i), nowUs);
        }
        if (_legs.TrueForAll(leg => leg is null))
            return null;
        Pause(_legs.TrueForAll(leg => leg is null || !leg.Media!.PeerSends), nowUs);
        _origin = _origin.Next();
        return SiprecAnswer.Write(offer, _legs, _origin, control.Advertise);
    });

    private void Take(int index, LegMedia? media, string party, long nowUs)
    {
        var leg = _legs[index];
        if (media is null)
        {
            if (leg is not null)
                control.Engine.RemoveLeg(leg, nowUs);
            _legs[index] = null;
            return;
        }
        leg ??= control.Engine.AddLeg($"{session.LocalTag}-{index}", party);
        if (leg is null)
        {
            ControlLog.NoPort(control.Log);
            return;
        }
        _legs[index] = leg;
        var newTrack = leg.Apply(media, nowUs);
        if (leg.Conference is { } conference)
            conference.Changed(leg, newTrack, nowUs);
        else
            control.Engine.Conference(ConferenceId).Join(leg, nowUs);
    }

    private void Pause(bool paused, long nowUs)
    {
        if (paused == _paused || control.Segments.Find(_segmentId) is not { } recorder)
            return;
        _paused = paused;
        if (paused)
            recorder.Pause(nowUs);
        else
            recorder.Resume(nowUs);
    }

    private List<string> Parties(SiprecBody body)
    {
        var parties = Enumerable.Range(0, body.Sdp!.Media.Count).Where(i => _legs[i] is not null)
            .Select(i => PartyOf(body, i)).ToList();
        // A mixed stream carries all of them: whoever is registered owns it, the first names it otherwise.
        if (body.IsMixed && body.Metadata is { Participants.Count: > 0 } metadata)
            parties = [.. parties.Concat(metadata.Participants.Select(one => one.User)).Distinct()];
        return parties;
    }

    private static string PartyOf(SiprecBody body, int index)
    {
        var block = body.Sdp!.Media[index];
        return body.ParticipantOf(block)?.User is { Length: > 0 } user ? user : block.Label ?? $"stream{index + 1}";
    }

    private async Task CloseAsync()
    {
        control.Forget(session.LocalTag);
        await control.Engine.RunAsync(nowUs =>
        {
            foreach (var leg in _legs.OfType<MediaLeg>())
                control.Engine.RemoveLeg(leg, nowUs);
            _legs.Clear();
            return 0;
        });
        if (Interlocked.Exchange(ref _call, null) is { } call)
        {
            control.Desk.Released(call);
            control.Desk.Recording(call, MsmlEvent.RecordEnded, null);
        }
    }
}
