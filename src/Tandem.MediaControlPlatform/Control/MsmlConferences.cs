using System.Security.Cryptography;
using Tandem.MediaControlPlatform.Engine;
using Tandem.Sip.Msml;
using static Tandem.MediaControlPlatform.Control.MsmlTargets;

namespace Tandem.MediaControlPlatform.Control;

/// <summary>Conferences and who is joined to them (RFC 5707 §7.2, §7.4). On the engine's thread.</summary>
internal sealed class MsmlConferences(LegControl control)
{
    public MsmlResult Create(LegSession asked, MsmlCreateConference create)
    {
        var id = create.Name ?? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        if (!LegControl.IsConferenceId(id))
            return new MsmlResult(MsmlResult.BadRequest, "A conference is named by 32 hexadecimal digits, lower case.");
        var conference = new MediaConference(id)
        {
            IsKept = true,
            DeleteWhenNoMedia = create.DeleteWhenNoMedia,
            Gone = () => LegControl.Tell(asked, new MsmlEvent(MsmlEvent.NoMedia, MsmlIds.Conference(id))),
        };
        return control.Engine.Add(conference)
            ? new MsmlResult(MsmlResult.Ok) { ConferenceIds = [MsmlIds.Conference(id)] }
            : new MsmlResult(MsmlResult.BadRequest, $"Conference {id} is there already.");
    }

    public MsmlResult Destroy(MsmlDestroyConference destroy, long nowUs)
    {
        if (control.Engine.Named(destroy.Id) is not { } conference)
            return NotFound(destroy.Id);
        control.Engine.Destroy(conference, nowUs);
        return Done;
    }

    public MsmlResult Join(MsmlJoin join, long nowUs)
    {
        var (connection, conference, straight) = Sort(join.Id1, join.Id2);
        if (control.Engine.Leg(connection) is not { } leg)
            return NotFound(connection);
        if (MsmlIds.ConferenceOf(conference) is not { } id)
            return NotFound(conference);
        if (join.Gain is { } wanted && !IsInRange(wanted))
            return OutOfRange;
        if (leg.Conference?.Id != id)
            leg.Conference?.Leave(leg, false, nowUs);
        leg.Play(null);
        leg.Amplify(Gain.None, Gain.None);
        (leg.IsMuted, leg.IsDeaf) = straight ? (!join.FromId1, !join.ToId1) : (!join.ToId1, !join.FromId1);
        control.Engine.Conference(id).Join(leg, nowUs);
        return join.Gain is { } gain ? Modify(gain) : Done;
    }

    public MsmlResult Unjoin(MsmlUnjoin unjoin, long nowUs)
    {
        var (connection, conference, _) = Sort(unjoin.Id1, unjoin.Id2);
        if (control.Engine.Leg(connection) is not { } leg)
            return NotFound(connection);
        if (leg.Conference is { } now && now.Id == MsmlIds.ConferenceOf(conference))
            now.Leave(leg, true, nowUs);
        return Done;
    }

    public MsmlResult Modify(MsmlModifyStream modify)
    {
        var (connection, conference, straight) = Sort(modify.Id1, modify.Id2);
        if (control.Engine.Leg(connection) is not { } leg || leg.Conference?.Id != MsmlIds.ConferenceOf(conference))
            return NotFound($"{connection} in {conference}");
        if (!IsInRange(modify))
            return OutOfRange;
        var (speaks, hears) = straight ? (modify.FromId1, modify.ToId1) : (modify.ToId1, modify.FromId1);
        var (says, hearing) = straight ? (modify.FromGainDb, modify.ToGainDb) : (modify.ToGainDb, modify.FromGainDb);
        leg.IsMuted = !(speaks ?? !leg.IsMuted);
        leg.IsDeaf = !(hears ?? !leg.IsDeaf);
        leg.Amplify(Gain.OfDb(says) ?? leg.Speaking, Gain.OfDb(hearing) ?? leg.Hearing);
        return Done;
    }

    private static MsmlResult OutOfRange =>
        new(MsmlResult.BadRequest, $"A gain is mute, unmute or {MsmlGain.LowestDb} to {MsmlGain.HighestDb} dB.");

    private static bool IsInRange(MsmlModifyStream gains) =>
        MsmlGain.IsValid(gains.FromGainDb ?? 0) && MsmlGain.IsValid(gains.ToGainDb ?? 0);

    private static (string Connection, string Conference, bool Straight) Sort(string one, string other) =>
        MsmlIds.ConnectionOf(one) is null ? (other, one, false) : (one, other, true);
}
