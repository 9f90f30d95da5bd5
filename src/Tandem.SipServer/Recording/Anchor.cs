using Tandem.SipServer.Calls;
using Tandem.SipServer.Control;

namespace Tandem.SipServer.Recording;

/// <summary>Puts the media of a call's phones onto MCP.</summary>
internal sealed class Anchor(Switchboard board)
{
    /// <summary>Gives a phone a leg in the call's conference. Null with <see cref="LiveCall.AnchorFault"/> set when that
    /// cannot be: then the call goes on without MCP.</summary>
    /// <param name="offer">The phone's offer; null has MCP offer.</param>
    /// <param name="secure">The phone is known to speak SRTP.</param>
    /// <param name="apart">The leg waits in a conference of its own until it is moved into the call's.</param>
    public async Task<McpLeg?> OpenAsync(LiveCall live, string dn, string? offer, bool apart = false, bool secure = false)
    {
        if (board.Mcps.Choose() is null && live.Mcp is null)
        {
            live.AnchorFault = board.Mcps.WhyNone();
            return null;
        }

        // The conference keeps all legs of a call on one MCP.
        var server = live.Mcp ?? board.Mcps.Choose()!;
        live.Mcp = server;
        var conference = apart ? CallIds.NewConferenceId() : live.ConferenceId;
        var seat = new McpSeat(conference, dn, live.Call.CallUuid, secure);
        var (leg, fault) = await McpLeg.OpenAsync(board.Mcps, server, seat, offer);
        if (leg is not null) leg.OnEvent = board.Recorder.Heard;
        live.AnchorFault = leg is null ? fault : null;
        return leg;
    }

    /// <summary>Gives up MCP for this call before it is established.</summary>
    public static void Drop(LiveCall live, params ReadOnlySpan<McpLeg?> legs)
    {
        foreach (var leg in legs) leg?.Close();
        live.Mcp = null;
    }

    /// <summary>Ties a phone and its MCP leg together.</summary>
    public void Bind(PhoneLeg phone, McpLeg media)
    {
        phone.Mcp = media;
        media.OnSilent = () => board.Loop.Start(() => board.SilentPhones.AskAsync(phone));
        media.OnLost = () => board.Reanchor.LegLost(phone, media);
    }

    /// <summary>Moves an established call onto MCP by re-INVITE, when it is not there yet.</summary>
    /// <returns>False when it stays as it was; <see cref="LiveCall.AnchorFault"/> says why.</returns>
    public async Task<bool> EnsureAsync(LiveCall live)
    {
        if (live.IsAnchored) return true;
        var made = new List<(PhoneLeg Phone, McpLeg Media)>();
        foreach (var phone in live.Legs.ToArray())
        {
            var media = await OpenAsync(live, phone.Dn, null, secure: LegSdp.IsSecure(phone.Description));
            if (media is null)
            {
                Drop(live, [.. made.Select(one => one.Media)]);
                return false;
            }

            made.Add((phone, media));
        }

        foreach (var (phone, media) in made)
        {
            if (phone.IsOver) continue;
            Bind(phone, media);
            if (await RefreshAsync(phone)) continue;
            live.AnchorFault = $"the phone of {phone.Dn} refused the move to MCP";
        }

        return !live.IsOver && live.AnchorFault is null;
    }

    /// <summary>Has MCP's present description offered to the phone and its answer brought to MCP.</summary>
    public static async Task<bool> RefreshAsync(PhoneLeg phone)
    {
        if (phone.Mcp is not { } media) return false;
        var answer = await phone.Session.ReInviteAsync(phone.Sdp.Own(media.Description));
        if (!answer.IsAccepted || phone.Mcp != media) return false;
        phone.Description = answer.Response.BodyText;
        return await media.ChangeAsync(phone.Description) is not null;
    }
}
