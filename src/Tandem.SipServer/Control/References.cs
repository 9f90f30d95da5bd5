using Tandem.Sip.Headers;
using Tandem.Sip.Messages;
using Tandem.Sip.Transactions;

namespace Tandem.SipServer.Control;

/// <summary>REFER from a phone (RFC 3515): single-step transfer, or with Replaces (RFC 3891) the completion of a two-step
/// transfer. The phone hears the outcome by NOTIFY unless it asked not to (RFC 4488).</summary>
internal sealed class References(Switchboard board)
{
    /// <summary>Time for a lost NOTIFY to be sent twice again (RFC 3261 §17.1.2.2) and answered.</summary>
    private static readonly TimeSpan ByeWithin = TimeSpan.FromSeconds(2);

    public async Task ReferAsync(PhoneLeg leg, ServerTransaction refer)
    {
        if (!ReferTarget.TryParse(refer.Request, out var target) || target.Method != SipMethods.Invite
            || target.Uri.User is not { Length: > 0 } number)
        {
            refer.Respond(400, "Refer-To names no number");
            return;
        }

        var focus = board.Focuses.Of(leg, number);
        if (focus is null && leg.Active is null)
        {
            refer.Respond(481);
            return;
        }

        var silent = string.Equals(refer.Request.Headers["Refer-Sub"], "false", StringComparison.OrdinalIgnoreCase);
        var accepted = refer.CreateResponse(202);
        if (silent) accepted.Headers["Refer-Sub"] = "false";
        refer.Respond(accepted);
        if (!silent)
        {
            board.Loop.Watch(NotifyAsync(leg, 100, "Trying", final: false));
            leg.LastWord = () => TellDoneAsync(leg);
        }

        var other = target.Replaces is { } replaced ? OtherOf(leg, replaced) : null;
        var referred = leg.Active;
        if (referred is not null) referred.ReferredBy = refer.Request.Headers[HeaderNames.ReferredBy];
        var fault = focus is not null ? await board.Focuses.ReferredAsync(focus, leg, other, number)
            : target.Replaces is not null ? await CompleteAsync(leg, other)
            : await board.SingleSteps.TransferAsync(leg.Active!, leg.Dn, number);
        leg.LastWord = null;
        if (referred is not null) referred.ReferredBy = null;
        if (fault is null || silent || leg.IsOver) return;
        await NotifyAsync(leg, fault.Status, SipStatus.Reason(fault.Status), final: true);
    }

    /// <summary>The named dialog is the one between us and this same phone: as a B2BUA we are the peer of both its calls.</summary>
    private PhoneLeg? OtherOf(PhoneLeg leg, ReplacesHeader replaced) => board.Live.SelectMany(one => one.Legs).FirstOrDefault(one =>
        one != leg && one.Dn == leg.Dn && one.Session.CallId == replaced.CallId
        && (one.Session.LocalTag == replaced.ToTag || one.Session.LocalTag == replaced.FromTag));

    private async Task<RequestFault?> CompleteAsync(PhoneLeg leg, PhoneLeg? other)
    {
        if (leg.Active is not { } live || other?.Active is not { } second) return RequestFault.UnknownCall(null);
        var consultation = second.Main == live || live.Main != second ? second : live;
        var main = consultation == second ? live : second;
        return await board.Consultations.MergeAsync(main, consultation, leg.Dn, transfer: true);
    }

    /// <summary>When the transfer is done our BYE follows, and the phone wants to hear how it went before. Over TCP both may come in
    /// one read: a phone that takes them one after another has answered the first when the second comes.</summary>
    private async Task TellDoneAsync(PhoneLeg leg)
    {
        var told = NotifyAsync(leg, 200, "OK", final: true);
        board.Loop.Watch(told);
        await Task.WhenAny(told, Task.Delay(ByeWithin, board.Time, CancellationToken.None));
    }

    private static Task<SipResponse> NotifyAsync(PhoneLeg leg, int status, string reason, bool final) =>
        leg.Session.RequestAsync(
            SipMethods.Notify,
            "message/sipfrag;version=2.0",
            $"SIP/2.0 {status} {reason}\r\n",
            ("Event", "refer"),
            ("Subscription-State", final ? "terminated;reason=noresource" : "active;expires=60"));
}
