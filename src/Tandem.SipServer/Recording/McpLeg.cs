using System.Net;
using Tandem.Sip.Messages;
using Tandem.Sip.Msml;
using Tandem.Sip.UserAgents;
using Tandem.SipServer.Control;

namespace Tandem.SipServer.Recording;

/// <summary>Our dialog with MCP for one phone's media: an endpoint there, joined to a conference.</summary>
internal sealed class McpLeg
{
    private readonly LegSdp _sdp;

    private McpLeg(McpServer server, string conferenceId, IPAddress advertise) =>
        (Server, ConferenceId, _sdp) = (server, conferenceId, new LegSdp(advertise));

    public McpServer Server { get; }

    /// <summary>The conference it was made for; <see cref="JoinedTo"/> is where it talks now.</summary>
    public string ConferenceId { get; }

    public string? JoinedTo { get; private set; }

    public InviteSession Session { get; private set; } = null!;

    /// <summary>MCP's description: the answer to the phone's offer, or the offer for the phone.</summary>
    public string Description { get; private set; } = "";

    /// <summary><c>conn:</c> and MCP's tag of the dialog.</summary>
    public string ConnectionId => MsmlIds.Connection(Session.RemoteTag ?? "");

    /// <summary>What its phone hears from MCP now instead of the conference; null: nothing.</summary>
    public string? Playing { get; set; }

    public DateTimeOffset Opened { get; private set; }

    public bool IsOver => Session.State is InviteSessionState.Ended;

    /// <summary>Called on the call loop.</summary>
    public Action<MsmlEvent>? OnEvent { get; set; }

    /// <summary>MCP hears nothing of the phone any more; called on the call loop.</summary>
    public Action? OnSilent { get; set; }

    /// <summary>MCP ended the leg; called on the call loop.</summary>
    public Action? OnLost { get; set; }

    /// <summary>Makes a leg in a conference. With <paramref name="offer"/> MCP answers it; without, MCP offers and the leg
    /// stays silent until <see cref="ChangeAsync"/> brings the phone's answer.</summary>
    /// <returns>The leg, or why there is none.</returns>
    public static async Task<(McpLeg? Leg, string? Fault)> OpenAsync(
        McpPool pool, McpServer server, McpSeat seat, string? offer)
    {
        var leg = new McpLeg(server, seat.ConferenceId, pool.Advertise);
        var done = new TaskCompletionSource<SipResponse>(TaskCreationOptions.RunContinuationsAsynchronously);
        leg.Session = pool.Agent.Invite(
            pool.InviteTo(server, seat, leg._sdp.Own(offer)),
            (_, happened) => pool.Loop.Post(() => leg.Handle(happened, done)));
        var response = await pool.OrTimeoutAsync(done.Task);
        if (response is null)
        {
            leg.Session.End();
            pool.Lost(server);
            return (null, $"MCP {server} does not answer");
        }

        if (!response.IsSuccess)
        {
            if (response.IsLocal) pool.Lost(server);
            return (null, $"MCP {server} refused: {response.StatusCode} {response.ReasonPhrase}");
        }

        leg.Opened = pool.Now;
        leg.Description = response.BodyText;
        leg.JoinedTo = seat.ConferenceId;
        if (offer is null) leg.Session.Ack(leg._sdp.Own(LegSdp.Inactive(leg.Description)));
        return (leg, null);
    }

    /// <summary>Brings a new description of the phone and gives MCP's answer; null when MCP refused.</summary>
    public async Task<string?> ChangeAsync(string phoneDescription)
    {
        var answer = await Session.ReInviteAsync(_sdp.Own(phoneDescription));
        if (!answer.IsAccepted) return null;
        Description = answer.Response.BodyText;
        return Description;
    }

    /// <summary>Has MCP offer anew (offerless re-INVITE); answer it with the returned act. Null when MCP refused.</summary>
    public async Task<(string Offer, Action<string> Answer)?> AskOfferAsync()
    {
        var answer = await Session.ReInviteAsync(null);
        if (!answer.IsAccepted) return null;
        Description = answer.Response.BodyText;
        return (Description, phoneAnswer => answer.Ack(_sdp.Own(phoneAnswer)));
    }

    /// <summary>Asks MCP whether it still knows the leg. One that it does not know is over, as <see cref="OnLost"/> says.</summary>
    public async Task<bool> StandsAsync() => (await Session.RequestAsync(SipMethods.Options)).StatusCode is not (481 or 408);

    /// <summary>Sends MSML on this dialog; a transport failure or timeout is a result of 500.</summary>
    public async Task<MsmlResult> ControlAsync(params MsmlRequest[] requests)
    {
        var response = await Session.RequestAsync(
            SipMethods.Info, MsmlDocument.MediaType, MsmlDocument.Of(requests).ToString());
        if (!response.IsSuccess)
            return new MsmlResult(MsmlResult.Failed, $"{response.StatusCode} {response.ReasonPhrase}");
        return MsmlDocument.TryParse(response.Body.Span, out var document) && document.Result is { } result
            ? result
            : new MsmlResult(MsmlResult.Failed, "no result in the answer of MCP");
    }

    /// <summary>What takes this leg from the conference it is in to <paramref name="conferenceId"/>; null: to none.</summary>
    public MsmlRequest[] Move(string? conferenceId)
    {
        if (conferenceId == JoinedTo) return [];
        var requests = new List<MsmlRequest>();
        if (JoinedTo is { } old) requests.Add(new MsmlUnjoin(ConnectionId, MsmlIds.Conference(old)));
        if (conferenceId is not null) requests.Add(new MsmlJoin(ConnectionId, MsmlIds.Conference(conferenceId)));
        JoinedTo = conferenceId;
        return [.. requests];
    }

    public void Close()
    {
        OnEvent = null;
        OnLost = null;
        OnSilent = null;
        Session.End();
    }

    private void Heard(MsmlEvent said)
    {
        if (said.Name == MsmlEvent.MediaAbsent) OnSilent?.Invoke();
        else OnEvent?.Invoke(said);
    }

    private void Handle(SessionEvent happened, TaskCompletionSource<SipResponse> done)
    {
        switch (happened)
        {
            case SessionEvent.Answered answered:
                done.TrySetResult(answered.Response);
                break;
            case SessionEvent.Failed failed:
                done.TrySetResult(failed.Response);
                break;
            case SessionEvent.ReInvite reInvite:
                reInvite.Offer.Reject(488);
                break;
            case SessionEvent.Request request:
                request.Transaction.Respond(200);
                if (MsmlDocument.TryParse(request.Transaction.Request.Body.Span, out var document)
                    && document.Event is { } said)
                    Heard(said);
                break;
            case SessionEvent.Ended:
                OnLost?.Invoke();
                break;
        }
    }
}
