using System.Globalization;
using Tandem.Sip.Authentication;
using Tandem.Sip.Dialogs;
using Tandem.Sip.Headers;
using Tandem.Sip.Messages;
using Tandem.Sip.Transactions;
using Tandem.Sip.Transport;

namespace Tandem.Sip.UserAgents;

public sealed partial class InviteSession
{
    private readonly OutgoingInvite? _spec;
    private readonly Dictionary<(string RemoteTag, uint Sequence), SipRequest> _acks = [];
    private readonly Dictionary<string, Dialog> _early = [];
    private readonly Dictionary<string, uint> _reliableSeen = [];
    private string? _contact;
    private ClientTransaction? _outgoing;
    private SipRequest? _clean;
    private int _authentications;
    private bool _cancelled;

    internal InviteSession(UserAgent agent, OutgoingInvite spec, Action<InviteSession, SessionEvent> onEvent)
    {
        Agent = agent;
        IsOutgoing = true;
        OnEvent = onEvent;
        _spec = spec;
        _contact = spec.Contact;
        _credentials = spec.Credentials ?? agent.Options.Credentials;
        LocalTag = SipEndpoint.NewTag();
        Invite = BuildInvite(spec);
    }

    /// <summary>Outgoing: CANCEL, sent as soon as a provisional came (§9.1); a 2xx that crosses it is acknowledged and ended by BYE.</summary>
    public void Cancel()
    {
        ClientTransaction? outgoing;
        lock (_lock)
        {
            if (!IsOutgoing || State != InviteSessionState.Inviting) return;
            _cancelled = true;
            outgoing = _outgoing;
        }
        outgoing?.Cancel();
    }

    /// <summary>
    /// Outgoing: the ACK to the 2xx, with the answer if the INVITE had no offer. Needed when it is not sent at once; later calls do nothing.
    /// </summary>
    public void Ack(string? sdp = null)
    {
        Dialog? dialog;
        lock (_lock)
        {
            if (!IsOutgoing || State != InviteSessionState.Answered) return;
            State = InviteSessionState.Confirmed;
            dialog = Dialog;
        }
        SendAck(dialog!, Invite.CSeq.Number, sdp);
        _confirmed.TrySetResult(true);
    }

    internal void BeginOutgoing() => Send();

    private SipRequest BuildInvite(OutgoingInvite spec)
    {
        var invite = new SipRequest(SipMethods.Invite, spec.RequestUri ?? spec.To);
        foreach (var route in spec.Routes) invite.Headers.Add(HeaderNames.Route, route);
        invite.Headers.Add(HeaderNames.From, spec.From.WithTag(LocalTag).ToString());
        invite.Headers.Add(HeaderNames.To, new NameAddress(spec.To).ToString());
        invite.Headers.Add(HeaderNames.CallId, spec.CallId ?? UserAgent.NewCallId());
        invite.Headers.Add(HeaderNames.CSeq, "1 INVITE");
        invite.Headers.Add(HeaderNames.MaxForwards, "70");
        AddCapabilities(invite, spec.Destination ?? SipLocator.TryLocate(invite));
        var offers = spec.Sdp is not null || spec.Body is not null;
        // Without an offer a reliable 1xx could carry one, whose answer only the application knows: not invited.
        invite.Headers.Add(HeaderNames.Supported, offers ? Agent.SupportedText : string.Join(", ", Agent.Options.Supported.Where(o => o != "100rel")));
        Agent.Identify(invite);
        if (Agent.Options.SessionExpires is { } expires)
        {
            invite.Headers.Add(HeaderNames.SessionExpires, ((int)expires.TotalSeconds).ToString(CultureInfo.InvariantCulture));
            invite.Headers.Add(HeaderNames.MinSE, ((int)Agent.Options.MinSessionExpires.TotalSeconds).ToString(CultureInfo.InvariantCulture));
        }
        foreach (var (name, value) in spec.Headers) invite.Headers.Add(name, value);
        if (spec.Body is { } body) invite.SetBody(body.ContentType, body.Body);
        else SetSdp(invite, spec.Sdp);
        return invite;
    }

    private void Send()
    {
        var invite = Invite;
        _clean = invite.Clone();
        var sent = Endpoint.Send(invite, _spec!.Destination, TakeInviteResponse);
        bool cancelled;
        lock (_lock)
        {
            // A challenge that is answered before Send returns has made this attempt the last but one.
            if (ReferenceEquals(Invite, invite)) _outgoing = sent;
            cancelled = _cancelled;
        }
        // A Cancel may have come between two attempts.
        if (cancelled) sent.Cancel();
    }

    /// <summary>Answers a challenge (§22) or a too small session interval (RFC 4028 §7.3) with a new INVITE.</summary>
    private bool TryAgain(SipResponse response)
    {
        if (_cancelled || State != InviteSessionState.Inviting) return false;
        var again = _clean!.Clone();
        if (response.StatusCode is 401 or 407)
        {
            if (_credentials is null || ++_authentications > 2 || !DigestClient.TryAuthorize(again, response, _credentials)) return false;
            if (_authentications == 2 && DigestClient.FindChallenge(response) is not { Stale: true } && Invite.Headers.Contains(AuthorizationFor(response)))
                return false;
        }
        else if (response.StatusCode != 422 || !SessionTimers.TryRaise(again, response))
        {
            return false;
        }
        again.Headers[HeaderNames.CSeq] = new CSeq(Invite.CSeq.Number + 1, SipMethods.Invite).ToString();
        lock (_lock) Invite = again;
        _early.Clear();
        Send();
        return true;
    }

    private static string AuthorizationFor(SipResponse response) =>
        response.StatusCode == 407 ? HeaderNames.ProxyAuthorization : HeaderNames.Authorization;
}
