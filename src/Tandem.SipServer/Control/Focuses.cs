using Tandem.Contracts.Cti;
using Tandem.Sip.Headers;
using Tandem.Sip.Messages;
using Tandem.Sip.UserAgents;
using Tandem.SipServer.Calls;
using Tandem.SipServer.Recording;

namespace Tandem.SipServer.Control;

/// <summary>Conferences begun from a phone by conference URI (RFC 4579): the phone calls the conference number, learns the
/// conference's own URI from our Contact (<c>isfocus</c>), and refers its calls, or further numbers, to it. To clients it is
/// the same as a two-step or single-step conference.</summary>
internal sealed class Focuses(Switchboard board)
{
    private readonly Dictionary<string, Focus> _byNumber = new(StringComparer.Ordinal);

    /// <summary>The number begins a conference, or is that of one.</summary>
    public bool Takes(string number) =>
        _byNumber.ContainsKey(number) || (number == board.Options.ConferenceNumber && board.Configuration.Dn(number) is null);

    public Task InvitedAsync(IncomingInvite incoming)
    {
        if (incoming.CallerLocal)
            return _byNumber.TryGetValue(incoming.Number, out var focus) ? DialledInAsync(incoming, focus) : BeginAsync(incoming);
        incoming.Session.Reject(403);
        return Task.CompletedTask;
    }

    /// <summary>The conference that this is the dialog of, or to whose number this phone refers one of its calls; null when
    /// the REFER has nothing to do with one.</summary>
    public Focus? Of(PhoneLeg leg, string number) =>
        _byNumber.Values.FirstOrDefault(focus => focus.Leg == leg || (focus.Number == number && focus.Dn == leg.Dn));

    /// <summary>Brings into the conference: the phone's other call when it is named by <paramref name="other"/> or when the
    /// REFER came on it; else whoever has this number.</summary>
    public async Task<RequestFault?> ReferredAsync(Focus focus, PhoneLeg leg, PhoneLeg? other, string number)
    {
        var call = (leg == focus.Leg ? other : leg)?.Active;
        if (call is not null) return await BringAsync(focus, call);
        return focus.Main is { } main
            ? await board.SingleSteps.ConferAsync(main, focus.Dn, number)
            : RequestFault.WrongState("the conference has no call yet: refer one to it first");
    }

    private async Task BeginAsync(IncomingInvite incoming)
    {
        var session = incoming.Session;
        if (board.Mcps.Choose() is not { } server)
        {
            session.Reject(503, board.Mcps.WhyNone());
            return;
        }

        // A call of its own would be told to clients; it becomes part of the phone's calls when they are referred to it.
        var seat = new McpSeat(CallIds.NewConferenceId(), incoming.Caller, "");
        var (media, fault) = await McpLeg.OpenAsync(board.Mcps, server, seat, incoming.Offer);
        if (media is null || session.State is InviteSessionState.Ended)
        {
            media?.Close();
            session.Reject(503, fault);
            return;
        }

        var leg = Leg(incoming, media);
        var focus = new Focus($"{board.Options.ConferenceNumber}-{CallIds.NewConnId()}", leg);
        _byNumber.Add(focus.Number, focus);
        leg.OnOver = () => _byNumber.Remove(focus.Number);
        Accept(session, focus, leg.Sdp.Own(media.Description));
    }

    private PhoneLeg Leg(IncomingInvite incoming, McpLeg media)
    {
        var leg = new PhoneLeg(incoming.Caller, true, incoming.Session, board.Advertise) { Description = incoming.Offer };
        board.Anchor.Bind(leg, media);
        board.Legs.Attach(leg);
        return leg;
    }

    private void Accept(InviteSession session, Focus focus, string? sdp)
    {
        var uri = SipUri.Of(focus.Number, board.Advertise.ToString(), board.Options.Port);
        session.Contact = $"<{uri}>;isfocus";
        session.Accept(sdp);
    }

    /// <summary>The phone's call becomes the conference's, or merges with it. A consultation merges into the call it is
    /// about, whichever was referred first.</summary>
    private async Task<RequestFault?> BringAsync(Focus focus, LiveCall call)
    {
        if (focus.Main == call) return null;
        if (!await board.Anchor.EnsureAsync(call)) return RequestFault.Media(call.AnchorFault ?? "a conference needs MCP");
        if (focus.Main is not { } first) return await EnterAsync(focus, call);
        if (first.Main != call) return await board.Consultations.MergeAsync(first, call, focus.Dn, transfer: false);
        focus.Leg.Leave(first);
        return await EnterAsync(focus, call)
            ?? await board.Consultations.MergeAsync(call, first, focus.Dn, transfer: false);
    }

    /// <summary>The conference's dialog takes the place of the phone's earlier one in the call.</summary>
    private async Task<RequestFault?> EnterAsync(Focus focus, LiveCall call)
    {
        if (focus.Leg.Mcp is not { } media || call.IsOver) return RequestFault.WrongState("the conference or the call is over");
        if (call.Mcp != media.Server) return RequestFault.Media("the call and the conference are on different MCPs");
        var old = call.LegOf(focus.Dn);
        var moves = (old?.Mcp?.Move(null) ?? []).Concat(media.Move(call.ConferenceId)).ToArray();
        if (!(await media.ControlAsync(moves)).IsSuccess) return RequestFault.Media("MCP refused the move into the conference");
        if (call.IsOver || focus.Leg.IsOver) return RequestFault.WrongState("the conference or the call is over");
        old?.Leave(call);
        focus.Leg.Seat(call);
        focus.Leg.Active = call;
        focus.Main = call;
        if (call.Call.Find(focus.Dn) is { State: PartyState.Held } party)
            board.Publish(batch => CallModel.Retrieve(call.Call, party, batch));
        if (old is { Seats.Count: 0 }) old.Hangup();
        return null;
    }

    /// <summary>Another phone calls the conference's URI and is in it.</summary>
    private async Task DialledInAsync(IncomingInvite incoming, Focus focus)
    {
        var session = incoming.Session;
        if (focus.Main is not { IsOver: false } main || main.Call.Find(incoming.Caller) is not null)
        {
            session.Reject(480);
            return;
        }

        var media = await board.Anchor.OpenAsync(main, incoming.Caller, incoming.Offer);
        if (media is null || main.IsOver || main.Call.Find(focus.Dn) is not { } owner || session.State is InviteSessionState.Ended)
        {
            media?.Close();
            session.Reject(480);
            return;
        }

        var leg = Leg(incoming, media);
        leg.Seat(main);
        Accept(session, focus, leg.Sdp.Own(media.Description));
        var route = new RouteFacts(focus.Dn, incoming.Caller, incoming.Number, null, main.Call.Type, main.Call.UserData);
        var party = board.NewParty(route, false, PartyState.Dialing);
        board.Publish(batch =>
        {
            main.Call.Add(party);
            board.Model.Book.Joined(main.Call, party.Dn);
            CallModel.Dial(main.Call, party, batch);
            MergeModel.Include(main.Call, owner, party, batch);
        });
        board.Recorder.Reconcile(main);
    }
}
