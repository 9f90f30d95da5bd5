using Tandem.Contracts.Cti;
using Tandem.SipServer.Calls;
using Tandem.SipServer.Recording;

namespace Tandem.SipServer.Control;

/// <summary>Parties leave and calls end, whoever began it.</summary>
internal sealed class CallEnding(Switchboard board)
{
    /// <summary>A phone ended its dialog, or it died: it leaves every call it sits in.</summary>
    public void PhoneGone(PhoneLeg leg, string? reason)
    {
        if (leg.IsOver) return;
        leg.IsOver = true;
        var seats = leg.Seats.ToArray();
        foreach (var live in seats) Leave(live, leg.Dn, leg, reason);
        leg.Hangup();
    }

    /// <summary>A DN leaves one call, at its own or a client's wish. Its phone stays if it sits in another call.</summary>
    public void Release(LiveCall live, string dn)
    {
        var leg = live.LegOf(dn);
        if (leg is null)
        {
            // It still rings, or is called by a client.
            if (live.Ringing?.Plan.Dn == dn) live.Ringing.Cancel();
            return;
        }

        Leave(live, dn, leg, null);
        if (leg.Seats.Count == 0) leg.Hangup();
    }

    /// <summary>The whole call is over.</summary>
    public void EndAll(LiveCall live, string reason)
    {
        board.Publish(batch =>
        {
            board.Model.End(live.Call, null, CallState.Failed, reason, batch);
            AfterCallWork(live.Legs.Select(leg => leg.Dn), batch);
        });
        CleanUp(live);
    }

    /// <summary>Lets go of what carried a call that is over, and of recordings of those who left.</summary>
    public void CleanUp(LiveCall live)
    {
        board.Recorder.Reconcile(live);
        if (!live.IsOver) return;
        live.Ringing?.Cancel();
        foreach (var leg in live.Legs.ToArray())
        {
            leg.Leave(live);
            if (leg.Seats.Count == 0) leg.Hangup();
            else board.Consultations.ReturnTo(leg);
        }

        board.Forget(live);
    }

    public void AfterCallWork(IEnumerable<string> dns, EventBatch batch)
    {
        foreach (var dn in dns.Distinct().ToArray())
        {
            if (board.Model.Book.Of(dn).Count > 0 || board.Configuration.Dn(dn) is not { } settings) continue;
            board.Dns.Find(dn)?.Agent.CallEnded(settings.AfterCallWorkSeconds, batch);
        }
    }

    private void Leave(LiveCall live, string dn, PhoneLeg leg, string? reason)
    {
        var call = live.Call;
        if (call.Find(dn) is not { } party)
        {
            leg.Leave(live);
            return;
        }

        // The one who gives a call away may hang up before the new party has answered.
        var givenAway = live.TransferringBy == dn;

        // Who is only being rung keeps nobody in a call.
        var stranded = live.ConferencingBy != dn && call.Parties.Count(one => one != party && one.State is not PartyState.Ringing) < 2;
        var dns = live.Legs.Select(one => one.Dn).ToArray();
        board.Publish(batch =>
        {
            if (givenAway) board.Model.ReleaseOne(call, party, CallState.Transferred, reason, null, batch);
            else if (stranded) board.Model.End(call, party, CallState.Ok, reason, batch);
            else board.Model.Leave(call, party, CallState.Ok, reason, batch);
            if (call.WasEstablished) AfterCallWork(dns, batch);
        });
        board.Recorder.Reconcile(live);
        leg.Leave(live);
        CleanUp(live);
    }
}
