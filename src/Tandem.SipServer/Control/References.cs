using Tandem.Sip.Headers;
using Tandem.Sip.Messages;
using Tandem.Sip.Transactions;

namespace Tandem.SipServer.Control;

/// <summary>REFER from a phone (RFC 3515): single-step transfer, or with Replaces (RFC 3891) the completion of a two-step
/// transfer. The phone hears the outcome by NOTIFY unless it asked not to (RFC 4488).</summary>
internal sealed class References(Switchboard board)
{
    public async Task ReferAsync(PhoneLeg leg, ServerTransaction refer)
    {
        var header = refer.Request.Headers["Refer-To"];
        if (!NameAddress.TryParse(header, out var target) || target.Uri.User is not { Length: > 0 } number
            || leg.Active is not { } live)
        {
            refer.Respond(400, "Refer-To names no number");
            return;
        }

        var silent = string.Equals(refer.Request.Headers["Refer-Sub"], "false", StringComparison.OrdinalIgnoreCase);
        var accepted = refer.CreateResponse(202);
        if (silent) accepted.Headers["Refer-Sub"] = "false";
        refer.Respond(accepted);
        if (!silent)
        {
            board.Loop.Watch(NotifyAsync(leg, 100, "Trying", final: false));

            // When the transfer is done our BYE follows at once, and the phone wants to hear how it went before.
            leg.LastWord = () => board.Loop.Watch(NotifyAsync(leg, 200, "OK", final: true));
        }

        var replaced = Replaced(target.Uri);
        var fault = replaced is null
            ? await board.SingleSteps.TransferAsync(live, leg.Dn, number)
            : await CompleteAsync(leg, live, replaced);
        leg.LastWord = null;
        if (fault is null || silent || leg.IsOver) return;
        await NotifyAsync(leg, fault.Code == "UnknownDN" ? 404 : 603, "Declined", final: true);
    }

    private async Task<RequestFault?> CompleteAsync(PhoneLeg leg, LiveCall live, string replaces)
    {
        // Replaces: call-id;to-tag=…;from-tag=…, seen from the replaced phone's peer, which is us.
        var parts = replaces.Split(';');
        var other = board.Live.SelectMany(one => one.Legs).FirstOrDefault(one => one != leg && one.Session.CallId == parts[0]);
        if (other?.Active is not { } second || other.Dn != leg.Dn)
            return RequestFault.UnknownCall(null);
        var consultation = second.Main == live || live.Main != second ? second : live;
        var main = consultation == second ? live : second;
        return await board.Consultations.MergeAsync(main, consultation, leg.Dn, transfer: true);
    }

    private static string? Replaced(SipUri target)
    {
        const string Name = "Replaces=";
        var header = target.Headers?.Split('&')
            .FirstOrDefault(one => one.StartsWith(Name, StringComparison.OrdinalIgnoreCase));
        return header is null ? null : Uri.UnescapeDataString(header[Name.Length..]);
    }

    private static Task<SipResponse> NotifyAsync(PhoneLeg leg, int status, string reason, bool final) =>
        leg.Session.RequestAsync(
            SipMethods.Notify,
            "message/sipfrag;version=2.0",
            $"SIP/2.0 {status} {reason}\r\n",
            ("Event", "refer"),
            ("Subscription-State", final ? "terminated;reason=noresource" : "active;expires=60"));
}
