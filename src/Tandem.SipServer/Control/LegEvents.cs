using Tandem.Sip.Messages;
using Tandem.Sip.Transactions;
using Tandem.Sip.UserAgents;

namespace Tandem.SipServer.Control;

/// <summary>Sorts what phones do within their dialogs.</summary>
internal sealed class LegEvents(Switchboard board)
{
    /// <summary>Takes over a dialog: from now on its events are this leg's.</summary>
    public void Attach(PhoneLeg leg)
    {
        leg.Session.AppState = leg;
        leg.Session.OnEvent = (_, happened) => board.Loop.Post(() => Handle(leg, happened));
    }

    public void Handle(PhoneLeg leg, SessionEvent happened)
    {
        switch (happened)
        {
            case SessionEvent.Cancelled:
                board.Ending.PhoneGone(leg, "cancelled");
                break;
            case SessionEvent.Ended ended:
                board.Ending.PhoneGone(leg, ended.Cause is SessionEndCause.RemoteBye ? null : ended.Cause.ToString());
                break;
            case SessionEvent.ReInvite { Offer: var offer }:
                board.Loop.Start(() => board.Media.ReInviteAsync(leg, offer));
                break;
            case SessionEvent.Acknowledged { Ack: var ack }:
                board.Media.Acknowledged(leg, ack);
                break;
            case SessionEvent.Request { Transaction: var transaction }:
                Request(leg, transaction);
                break;
        }
    }

    private void Request(PhoneLeg leg, ServerTransaction transaction)
    {
        switch (transaction.Request.Method)
        {
            case SipMethods.Refer:
                board.Loop.Start(() => board.References.ReferAsync(leg, transaction));
                break;
            case SipMethods.Update when transaction.Request.Body.Length > 0:
                board.Loop.Start(() => board.Media.UpdateAsync(leg, transaction));
                break;
            case SipMethods.Info:
                transaction.Respond(200);
                RelayInfo(leg, transaction.Request);
                break;
            case SipMethods.Subscribe:
                transaction.Respond(489);
                break;
            default:
                transaction.Respond(200);
                break;
        }
    }

    /// <summary>Keys that phones send by INFO reach the other phones.</summary>
    private void RelayInfo(PhoneLeg from, SipRequest info)
    {
        if (info.Body.Length == 0 || info.ContentType is not ("application/dtmf-relay" or "application/dtmf")) return;
        foreach (var leg in from.Active?.Legs.Where(leg => leg != from && !leg.IsOver).ToArray() ?? [])
            board.Loop.Start(() => leg.Session.RequestAsync(SipMethods.Info, info.ContentType, info.BodyText));
    }
}
