using Tandem.Contracts.Cti;
using Tandem.Sip.Sdp;
using Tandem.SipServer.Calls;

namespace Tandem.SipServer.Control;

/// <summary>Hold and retrieve at a client's wish. The phone is not asked: on MCP its leg is taken out of the mix; where
/// media is relayed directly, both phones are told by re-INVITE.</summary>
internal sealed class Holding(Switchboard board)
{
    public async Task<RequestFault?> HoldAsync(LiveCall live, string dn)
    {
        if (live.Call.Find(dn) is not { State: PartyState.Established } party || live.LegOf(dn) is not { } leg)
            return RequestFault.WrongState("the call is not established");

        // The phone itself knows of no hold: it must be on MCP before it can be taken out of the mix for the music's sake.
        if (board.HoldMusic.IsConfigured && leg.Mcp is null) await board.Anchor.EnsureAsync(live);
        if (!await SilenceAsync(live, leg, true)) return RequestFault.Media($"hold failed: {live.AnchorFault}");
        if (live.IsOver || party.State is not PartyState.Established) return null;
        board.Publish(batch => CallModel.Hold(live.Call, party, batch));
        return null;
    }

    public async Task<RequestFault?> RetrieveAsync(LiveCall live, string dn)
    {
        if (live.Call.Find(dn) is not { State: PartyState.Held } party || live.LegOf(dn) is not { } leg)
            return RequestFault.WrongState("the call is not on hold");
        if (!await SilenceAsync(live, leg, false)) return RequestFault.Media("the media could not be joined again");
        if (live.IsOver || party.State is not PartyState.Held) return null;
        board.Publish(batch => CallModel.Retrieve(live.Call, party, batch));
        return null;
    }

    /// <summary>After a call's media moved elsewhere: whom a client had held is held there too.</summary>
    public async Task RenewAsync(LiveCall live)
    {
        foreach (var leg in live.Legs.Where(leg => leg.Active == live && !leg.IsOver).ToArray())
        {
            // A phone that holds by itself says so in its own description.
            if (live.Call.Find(leg.Dn) is { State: PartyState.Held } && !LegSdp.IsHold(leg.Description)) await SilenceAsync(live, leg, true);
        }

        if (live.IsAnchored) board.HoldMusic.Renew(live);
    }

    private static async Task<bool> SilenceAsync(LiveCall live, PhoneLeg leg, bool hold)
    {
        if (leg.Mcp is { } media)
        {
            var moves = media.Move(hold ? null : live.ConferenceId);
            if (moves.Length > 0 && !(await media.ControlAsync(moves)).IsSuccess) return false;
            leg.Active = live;
            return true;
        }

        var direction = hold ? SdpDirection.Inactive : SdpDirection.SendRecv;
        var ok = true;
        foreach (var one in live.Legs.Where(one => !one.IsOver).ToArray())
        {
            var peer = live.Legs.Find(other => other != one);
            if (peer?.Description is not { } description) continue;
            var answer = await one.Session.ReInviteAsync(one.Sdp.Own(LegSdp.Directed(description, direction)));
            ok &= answer.IsAccepted;
        }

        return ok;
    }
}
