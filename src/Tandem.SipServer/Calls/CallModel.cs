using Tandem.Contracts.Cti;

namespace Tandem.SipServer.Calls;

/// <summary>The transitions of a call of two. Each changes the call and says it as T-Library events, in the order a
/// T-Library client expects; nothing here touches SIP, a clock or a disk.</summary>
internal sealed class CallModel(CallBook book)
{
    public CallBook Book => book;

    public Call Begin(CallSeed seed, Party caller, EventBatch batch)
    {
        var call = BeginSilently(seed, caller);
        Dial(call, caller, batch);
        return call;
    }

    /// <summary>A call that a client makes: nothing is said until the caller's own phone is picked up.</summary>
    public Call BeginSilently(CallSeed seed, Party caller)
    {
        var call = new Call
        {
            ConnId = CallIds.NewConnId(),
            CallUuid = CallIds.NewCallUuid(),
            Type = seed.Type,
            Ani = seed.Ani,
            Dnis = seed.Dnis,
            Trunk = seed.Trunk,
            ConsultationOf = seed.ConsultationOf,
        };
        call.Add(caller);
        book.Add(call);
        return call;
    }

    public static void Dial(Call call, Party caller, EventBatch batch) =>
        batch.Add(CtiEventNames.Dialing, call, caller, e => e with { OtherDN = call.Dnis });

    /// <summary>A party is alerted; <paramref name="by"/> is who transfers or conferences, if anyone does.</summary>
    public void Ring(Call call, Party party, string? by, CallState state, EventBatch batch)
    {
        if (call.Find(party.Dn) is null)
        {
            call.Add(party);
            book.Joined(call, party.Dn);
        }

        batch.Add(CtiEventNames.Ringing, call, party, e => e with
        {
            ThirdPartyDN = by,
            CallState = state,
            OtherDN = e.OtherDN ?? call.Parties.FirstOrDefault(other => other != party && other.Dn != by)?.Dn,
        });
    }

    /// <summary>The first answer of a call: the answering party first, then its caller.</summary>
    public static void Establish(Call call, Party answering, EventBatch batch)
    {
        call.WasEstablished = true;
        EstablishOne(call, answering, null, CallState.Ok, batch);
        foreach (var party in call.Parties.Where(party => party.State is PartyState.Dialing).ToArray())
            EstablishOne(call, party, null, CallState.Ok, batch);
    }

    public static void EstablishOne(Call call, Party party, string? by, CallState state, EventBatch batch)
    {
        party.State = PartyState.Established;
        batch.Add(CtiEventNames.Established, call, party, e => e with { ThirdPartyDN = by, CallState = state });
    }

    public static void Hold(Call call, Party party, EventBatch batch)
    {
        if (party.State is not PartyState.Established) return;
        party.State = PartyState.Held;
        batch.Add(CtiEventNames.Held, call, party, e => e with { CallState = CallState.Held });
    }

    public static void Retrieve(Call call, Party party, EventBatch batch)
    {
        if (party.State is not PartyState.Held) return;
        party.State = PartyState.Established;
        batch.Add(CtiEventNames.Retrieved, call, party, e => e with { CallState = CallState.Retrieved });
    }

    /// <summary>One party leaves. A call of two is over with it; in a conference the others hear of it.</summary>
    public void Leave(Call call, Party leaver, CallState state, string? reason, EventBatch batch)
    {
        if (call.Parties.Count <= 2)
        {
            End(call, leaver, state, reason, batch);
            return;
        }

        ReleaseOne(call, leaver, state, reason, null, batch);
        foreach (var party in call.Parties)
            batch.Add(CtiEventNames.PartyDeleted, call, party, e => e with { OtherDN = leaver.Dn, CallState = state });
    }

    /// <summary>Everyone leaves, <paramref name="first"/> before the others. A party that still rings is abandoned; to those who
    /// talked it was no other.</summary>
    public void End(Call call, Party? first, CallState state, string? reason, EventBatch batch)
    {
        var order = call.Parties.OrderBy(party => party == first ? 0 : 1).ToArray();
        var others = order.ToDictionary(party => party, party => call.OtherOf(party.Dn) ?? OtherThatTalked(call, party, first));
        foreach (var party in order)
        {
            var abandoned = party.State is PartyState.Ringing && party != first && state is CallState.Ok;
            ReleaseOne(call, party, state, reason, abandoned ? CtiEventNames.Abandoned : null, batch, others[party]);
        }
    }

    private static string? OtherThatTalked(Call call, Party party, Party? first)
    {
        if (party.State is PartyState.Ringing) return first?.Dn;
        var others = call.Parties.Where(other => other != party && other.State is not PartyState.Ringing).Take(2).ToArray();
        return others.Length == 1 ? others[0].Dn : null;
    }

    /// <summary>The destination refused, was busy or did not answer: it goes first, then its caller.</summary>
    public void Fail(Call call, Party? destination, CallState state, string reason, EventBatch batch)
    {
        if (destination is not null && call.Find(destination.Dn) is not null)
            ReleaseOne(call, destination, state, reason, null, batch);
        foreach (var party in call.Parties.ToArray())
        {
            if (state is CallState.Busy)
                batch.Add(CtiEventNames.DestinationBusy, call, party, e => e with { OtherDN = call.Dnis, CallState = state });
            ReleaseOne(call, party, state, reason, null, batch, call.Dnis);
        }
    }

    public void ReleaseOne(
        Call call, Party party, CallState state, string? reason, string? name, EventBatch batch, string? other = null)
    {
        batch.Add(name ?? CtiEventNames.Released, call, party, e => e with
        {
            CallState = state,
            Reason = reason,
            OtherDN = other ?? e.OtherDN,
        });
        RecordingModel.Off(call, party, batch, other);
        call.Remove(party);
        book.Left(call, party.Dn);
    }
}
