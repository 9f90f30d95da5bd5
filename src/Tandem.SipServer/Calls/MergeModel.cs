using Tandem.Contracts.Cti;

namespace Tandem.SipServer.Calls;

/// <summary>Transfers and conferences: the transitions after which other parties are in a call. Each is one batch with
/// <c>EventPartyChanged</c> first.</summary>
internal sealed class MergeModel(CallModel calls)
{
    /// <summary>Single-step transfer: <paramref name="arriving"/> answered and takes the place of
    /// <paramref name="leaving"/>.</summary>
    public void Replace(Call call, Party? leaving, string leavingDn, Party arriving, EventBatch batch)
    {
        foreach (var party in call.Parties.Where(party => party != leaving && party != arriving && party.IsUp).ToArray())
            Changed(call, party, arriving.Dn, leavingDn, null, CallState.Transferred, batch);
        if (leaving is not null) calls.ReleaseOne(call, leaving, CallState.Transferred, null, null, batch);
        call.WasEstablished = true;
        CallModel.EstablishOne(call, arriving, leavingDn, CallState.Transferred, batch);
    }

    /// <summary>Single-step conference: <paramref name="arriving"/> answered and joins.</summary>
    public static void Include(Call call, Party by, Party arriving, EventBatch batch)
    {
        CallModel.EstablishOne(call, arriving, by.Dn, CallState.Conferenced, batch);
        Added(call, by, arriving, batch);
    }

    /// <summary>Two-step transfer: every other party of the consultation moves to the main call, the transferor leaves
    /// both.</summary>
    public void Transfer(Call main, Call consultation, string transferor, EventBatch batch)
    {
        var moved = Move(main, consultation, transferor, CallState.Transferred, batch);
        foreach (var party in main.Parties.Where(party => party.Dn != transferor && !moved.Contains(party)).ToArray())
            Changed(main, party, moved.FirstOrDefault()?.Dn, transferor, null, CallState.Transferred, batch);
        Vacate(consultation, moved, batch);
        var others = moved.FirstOrDefault()?.Dn;
        if (consultation.Find(transferor) is { } inConsultation)
            calls.ReleaseOne(consultation, inConsultation, CallState.Transferred, null, null, batch, others);
        if (main.Find(transferor) is { } inMain)
            calls.ReleaseOne(main, inMain, CallState.Transferred, null, null, batch, OtherThan(main, transferor, moved));
    }

    /// <summary>Two-step conference: the consulted parties move to the main call and its holder is back in it.</summary>
    public void Confer(Call main, Call consultation, string holder, EventBatch batch)
    {
        var moved = Move(main, consultation, holder, CallState.Conferenced, batch);
        Vacate(consultation, moved, batch);
        if (consultation.Find(holder) is { } inConsultation)
            calls.ReleaseOne(consultation, inConsultation, CallState.Conferenced, null, null, batch, moved.FirstOrDefault()?.Dn);
        var by = main.Find(holder);
        if (by is null) return;
        CallModel.Retrieve(main, by, batch);
        foreach (var party in moved) Added(main, by, party, batch);
    }

    private List<Party> Move(Call main, Call consultation, string staying, CallState state, EventBatch batch)
    {
        var moved = new List<Party>();
        foreach (var old in consultation.Parties.Where(party => party.Dn != staying).ToArray())
        {
            var party = new Party
            {
                Dn = old.Dn,
                Caller = false,
                Local = old.Local,
                State = old.State,
                WantsRecording = old.WantsRecording,
            };
            main.Add(party);
            calls.Book.Joined(main, party.Dn);
            moved.Add(party);
        }

        foreach (var party in moved)
        {
            var other = state is CallState.Conferenced ? main.OtherOf(party.Dn) : OtherThan(main, staying, [party]);
            Changed(main, party, other, staying, consultation.ConnId, state, batch);
        }

        return moved;
    }

    private void Vacate(Call consultation, List<Party> moved, EventBatch batch)
    {
        foreach (var party in moved)
        {
            var old = consultation.Find(party.Dn)!;
            RecordingModel.Off(consultation, old, batch);
            consultation.Remove(old);
            calls.Book.Left(consultation, old.Dn);
        }
    }

    private static void Changed(
        Call call, Party party, string? other, string by, string? previous, CallState state, EventBatch batch) =>
        batch.Add(CtiEventNames.PartyChanged, call, party, e => e with
        {
            OtherDN = other,
            ThirdPartyDN = by,
            PreviousConnID = previous,
            CallState = state,
        });

    private static void Added(Call call, Party by, Party arriving, EventBatch batch)
    {
        foreach (var party in call.Parties.Where(party => party != arriving && party.IsUp).ToArray())
        {
            batch.Add(CtiEventNames.PartyAdded, call, party, e => e with
            {
                OtherDN = arriving.Dn,
                ThirdPartyDN = by.Dn,
                CallState = CallState.Conferenced,
            });
        }
    }

    private static string? OtherThan(Call call, string dn, IReadOnlyList<Party> not)
    {
        var others = call.Parties.Where(party => party.Dn != dn && !not.Contains(party)).Take(2).ToArray();
        return others.Length == 1 ? others[0].Dn : null;
    }
}
