using System.Globalization;
using System.Security.Cryptography;
using Tandem.Sip.Dialogs;
using Tandem.Sip.Headers;
using Tandem.Sip.Messages;
using Tandem.Sip.Transactions;

namespace Tandem.Sip.UserAgents;

public sealed partial class InviteSession
{
    private const int GlareTries = 4;

    private readonly TaskCompletionSource<bool> _confirmed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _reInviting = new(1, 1);
    private ServerTransaction? _incomingReInvite;
    private bool _reInvitePending;

    /// <summary>
    /// A re-INVITE: with an offer, or without (then the 2xx carries the offer and <see cref="InviteAnswer.Ack"/> the answer). Waits for
    /// the first ACK and for a re-INVITE of ours that is pending; while the peer's is unanswered it gives a local 491 at once. A 491 from the
    /// peer is retried as RFC 3261 §14.1 says. 481 and 408 end the session.
    /// </summary>
    public Task<InviteAnswer> ReInviteAsync(string? sdp, params (string Name, string Value)[] headers) => ReInviteAsync(sdp, GlareTries, headers);

    /// <summary>
    /// The same for a B2BUA that passes on another session's re-INVITE: a 491 is not retried but given back, so that it reaches whoever
    /// began, and the two ends wait by their own roles (§14.1) instead of for each other.
    /// </summary>
    public Task<InviteAnswer> PassReInviteAsync(string? sdp) => ReInviteAsync(sdp, 1, []);

    private async Task<InviteAnswer> ReInviteAsync(string? sdp, int tries, (string Name, string Value)[] headers)
    {
        if (!await _confirmed.Task) return Refused(481);
        await _reInviting.WaitAsync();
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                var answer = await TryReInviteAsync(sdp, headers);
                if (answer.Response is not { StatusCode: 491, IsLocal: false } || attempt == tries || _over) return answer;
                await Task.Delay(GlareWait(), Endpoint.Time, CancellationToken.None);
            }
        }
        finally
        {
            _reInviting.Release();
        }
    }

    private async Task<InviteAnswer> TryReInviteAsync(string? sdp, (string Name, string Value)[] headers)
    {
        if (Dialog is not { } dialog || _over) return Refused(481);
        lock (_lock)
        {
            if (_incomingReInvite is { IsAnswered: false }) return Refused(491);
            _reInvitePending = true;
        }
        try
        {
            var request = dialog.CreateRequest(SipMethods.Invite);
            AddCapabilities(request, FlowOf(dialog) ?? Transport.SipLocator.TryLocate(request));
            request.Headers.Add(HeaderNames.Supported, Agent.SupportedText);
            Agent.Identify(request);
            _timer?.AddTo(request);
            AddHeaders(request, headers);
            SetSdp(request, sdp);
            var sequence = request.CSeq.Number;
            var response = await SendReInviteAsync(dialog, request, number => sequence = number);
            if (response.IsSuccess) return Accepted(dialog, response, sequence, sdp is not null);
            if (response.StatusCode is 481 or 408) LoseDialog(response);
            return new InviteAnswer(response, null);
        }
        finally
        {
            lock (_lock) _reInvitePending = false;
        }
    }

    private async Task<SipResponse> SendReInviteAsync(Dialog dialog, SipRequest request, Action<uint> onSequence)
    {
        var clean = request.Clone();
        var response = await Endpoint.Send(request, FlowOf(dialog), (_, r) => AcknowledgeAgain(dialog, r)).Final;
        if (response.StatusCode is not (401 or 407) || _credentials is null || !Authentication.DigestClient.TryAuthorize(clean, response, _credentials)) return response;
        var number = dialog.NextSequence();
        onSequence(number);
        clean.Headers[HeaderNames.CSeq] = new CSeq(number, SipMethods.Invite).ToString();
        return await Endpoint.Send(clean, FlowOf(dialog), (_, r) => AcknowledgeAgain(dialog, r)).Final;
    }

    private InviteAnswer Accepted(Dialog dialog, SipResponse response, uint sequence, bool acknowledge)
    {
        dialog.RefreshTarget(response);
        StartTimerAsCaller(response);
        var answer = new InviteAnswer(response, sdp => SendAck(dialog, sequence, sdp));
        if (acknowledge) answer.Ack();
        return answer;
    }

    /// <summary>A repeated 2xx to a re-INVITE: the ACK was lost.</summary>
    private void AcknowledgeAgain(Dialog dialog, SipResponse response)
    {
        SipRequest? ack;
        lock (_lock) _acks.TryGetValue((dialog.RemoteTag, response.CSeq.Number), out ack);
        if (response.IsSuccess && ack is not null) Endpoint.SendAck(ack, FlowOf(dialog));
    }

    private void TakeReInvite(ServerTransaction transaction)
    {
        lock (_lock)
        {
            // §14.2: one of each direction at a time.
            if (_incomingReInvite is { IsAnswered: false } || (!IsOutgoing && State == InviteSessionState.Inviting))
            {
                var response = transaction.CreateResponse(500);
                response.Headers.Add(HeaderNames.RetryAfter, RandomNumberGenerator.GetInt32(0, 11).ToString(CultureInfo.InvariantCulture));
                transaction.Respond(response);
                return;
            }
            if (_reInvitePending || State == InviteSessionState.Inviting)
            {
                transaction.Respond(491);
                return;
            }
            _incomingReInvite = transaction;
        }
        var offer = new IncomingReInvite(this, transaction);
        transaction.OnCancel = _ => offer.Reject(487);
        Raise(new SessionEvent.ReInvite(offer));
    }

    /// <summary>§14.1: the owner of the Call-ID waits 2.1 to 4 s, the other 0 to 2 s, in steps of 10 ms.</summary>
    private TimeSpan GlareWait() =>
        TimeSpan.FromMilliseconds(10 * (IsOutgoing ? RandomNumberGenerator.GetInt32(210, 401) : RandomNumberGenerator.GetInt32(0, 201)));

    private static InviteAnswer Refused(int statusCode) => new(new SipResponse(statusCode) { IsLocal = true }, null);
}
