using Tandem.MediaControlPlatform.Engine;
using Tandem.MediaControlPlatform.Recording;
using Tandem.Sip.Headers;
using Tandem.Sip.Messages;
using Tandem.Sip.Sdp;
using Tandem.Sip.Siprec;
using Tandem.Sip.Transactions;
using Tandem.Sip.UserAgents;

namespace Tandem.MediaControlPlatform.Siprec.Forking;

/// <summary>One recording session with another recorder: its dialog and the two legs that feed it.</summary>
/// <param name="legs">Of channel 1 and 2; closed with the session.</param>
/// <param name="secure">SRTP and nothing else.</param>
internal sealed class ForkSession(SiprecForks forks, SegmentRecorder recorder, List<MediaLeg> legs, bool secure)
{
    // Fresh keys for each session: two streams under one key must not begin alike (RFC 3711 §9.1).
    private readonly ForkDescription _description = new(legs, forks.Advertise, secure);
    private InviteSession? _session;
    private SegmentFork? _feed;
    private bool _awaitsAnswer;

    /// <summary>Whether the recorder has taken both streams.</summary>
    public bool IsTaken => _feed is not null;

    public void Call(SipUri target, bool paused, string metadata, Action<SessionEvent> happened)
    {
        var invite = new OutgoingInvite(target, NameAddress.Parse($"<sip:mcp@{forks.Advertise}>"))
        {
            Body = (ForkDescription.ContentType, ForkDescription.Body(_description.Offer(paused), metadata)),
            Headers =
            [
                ("Require", "siprec"),
                (HeaderNames.Accept, $"{SdpSession.MediaType}, {SiprecBody.MetadataType}, application/rs-metadata, application/rs-metadata-request"),
            ],
            Contact = forks.Agent.ContactTowards(null) + ";+sip.src",
        };
        _session = forks.Agent.Invite(invite, (_, what) => happened(what));
    }

    /// <summary>Takes the recorder's answer and begins to feed it.</summary>
    /// <returns>False where it refused a stream, or wants it otherwise than offered.</returns>
    public async Task<bool> TakeAsync(SipMessage answer)
    {
        if (_description.Read(answer) is not { } media)
            return false;
        await ApplyAsync(media);
        return true;
    }

    public async Task PauseAsync(bool paused)
    {
        var answer = await _session!.ReInviteAsync(_description.Offer(paused));
        if (answer.IsAccepted)
            await TakeAsync(answer.Response);
    }

    /// <summary>Tells the recorder who takes part now.</summary>
    public Task DescribeAsync(string metadata) => _session!.RequestAsync(
        SipMethods.Update, SiprecBody.MetadataType, metadata, (HeaderNames.ContentDisposition, "recording-session"));

    /// <summary>Does what the recorder asks within the session.</summary>
    /// <param name="paused">Whether we send nothing now.</param>
    /// <param name="metadata">The whole of it as it stands.</param>
    public Task AnswerAsync(SessionEvent asked, bool paused, Func<string> metadata) => asked switch
    {
        SessionEvent.ReInvite { Offer: var offer } => ReInvitedAsync(offer, paused),
        SessionEvent.Acknowledged { Ack: var ack } when _awaitsAnswer => TakeLateAsync(ack),
        SessionEvent.Request { Transaction: var transaction } => RequestedAsync(transaction, paused, metadata),
        _ => Task.CompletedTask,
    };

    public async Task CloseAsync()
    {
        var feed = _feed;
        _feed = null;
        await forks.Engine.RunAsync(nowUs =>
        {
            if (feed is not null)
                recorder.Forks.Remove(feed);
            foreach (var leg in legs)
                forks.Engine.RemoveLeg(leg, nowUs);
            return 0;
        });
        _session?.End();
    }

    // The recorder moves, pauses (RFC 7866 §7.2) or refreshes the session.
    private async Task ReInvitedAsync(IncomingReInvite offer, bool paused)
    {
        _awaitsAnswer = offer.Request.Body.IsEmpty;
        if (_awaitsAnswer)
            offer.Accept(_description.Offer(paused));
        else if (await OfferedAsync(offer.Request, paused) is { } sdp)
            offer.Accept(sdp);
        else
            offer.Reject(488, "Not Acceptable Here");
    }

    private Task<bool> TakeLateAsync(SipRequest ack)
    {
        _awaitsAnswer = false;
        return TakeAsync(ack);
    }

    private async Task RequestedAsync(ServerTransaction transaction, bool paused, Func<string> metadata)
    {
        var request = transaction.Request;
        if (SnapshotRequest.IsIn(request))
        {
            transaction.Respond(200);
            await DescribeAsync(metadata());
        }
        else if (request.Method == SipMethods.Update && request.ContentType == SdpSession.MediaType)
        {
            var sdp = await OfferedAsync(request, paused);
            var response = transaction.CreateResponse(sdp is null ? 488 : 200);
            if (sdp is not null)
                response.SetBody(SdpSession.MediaType, sdp);
            transaction.Respond(response);
        }
        else
        {
            transaction.Respond(200);
        }
    }

    private async Task<string?> OfferedAsync(SipRequest request, bool paused)
    {
        if (_description.Answer(request, paused) is not { } agreed)
            return null;
        await ApplyAsync(agreed.Media);
        return agreed.Sdp;
    }

    private Task<int> ApplyAsync(LegMedia[] media) => forks.Engine.RunAsync(nowUs =>
    {
        for (var i = 0; i < legs.Count; i++)
            legs[i].Apply(media[i], nowUs);
        if (_feed is null)
            recorder.Forks.Add(_feed = new SegmentFork(legs[0], legs[1]));
        return 0;
    });
}
