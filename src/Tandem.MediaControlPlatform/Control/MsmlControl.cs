using Tandem.MediaControlPlatform.Engine;
using Tandem.MediaControlPlatform.Recording;
using Tandem.Sip.Msml;
using Tandem.Sip.Transactions;

namespace Tandem.MediaControlPlatform.Control;

/// <summary>Carries out the MSML requests that come by INFO (RFC 5707) and answers with a result.</summary>
internal sealed class MsmlControl(LegControl control)
{
    private static readonly MsmlResult Done = new(MsmlResult.Ok);

    public async Task HandleAsync(LegSession asked, ServerTransaction transaction)
    {
        var result = MsmlDocument.TryParse(transaction.Request.Body.Span, out var document)
            ? await control.Engine.RunAsync(nowUs => Run(asked, document, nowUs))
            : new MsmlResult(MsmlResult.BadRequest, "The body is not MSML.");
        var response = transaction.CreateResponse(200);
        response.SetBody(MsmlDocument.MediaType, MsmlDocument.Of(result).ToString());
        transaction.Respond(response);
    }

    /// <summary>All requests in order; the first that fails ends it (RFC 5707 §8).</summary>
    private MsmlResult Run(LegSession asked, MsmlDocument document, long nowUs)
    {
        var ids = new List<string>();
        foreach (var request in document.Requests)
        {
            var result = Run(asked, request, nowUs);
            if (!result.IsSuccess)
                return result;
            ids.AddRange(result.DialogIds);
        }
        return new MsmlResult(MsmlResult.Ok) { DialogIds = ids };
    }

    private MsmlResult Run(LegSession asked, MsmlRequest request, long nowUs) => request switch
    {
        MsmlDialogStart { Record: { } record } start => Record(asked, start, record, nowUs),
        MsmlDialogStart { Play: { } play } start => Play(start, play),
        MsmlDialogEnd end => End(end, nowUs),
        MsmlSend send => Send(send, nowUs),
        MsmlJoin join => Join(join, nowUs),
        MsmlUnjoin unjoin => Unjoin(unjoin, nowUs),
        MsmlUnknown unknown => new MsmlResult(MsmlResult.NotSupported, $"<{unknown.Element}> is not known here."),
        _ => new MsmlResult(MsmlResult.BadRequest, "A dialogstart needs a record or a play."),
    };

    private MsmlResult Record(LegSession asked, MsmlDialogStart start, MsmlRecord record, long nowUs)
    {
        if (!Guid.TryParse(start.Name, out _) || record.Dn.Length == 0)
            return new MsmlResult(MsmlResult.BadRequest, "A record needs a segment id as its name, and a dn.");
        if (Conference(start.Target) is not { } conference)
            return NotFound(start.Target);
        var request = new RecordRequest(
            start.Name, record.Dn, record.CallUuid ?? "", record.ConnId ?? "", record.Ani, record.Dnis, record.Beep);
        control.Segments.Begin(conference, request, Tell, nowUs);
        return new MsmlResult(MsmlResult.Ok) { DialogIds = [start.DialogId] };

        void Tell(string name, string? cause) => control.Notify(asked, conference.Id, new MsmlEvent(name, start.DialogId)
        {
            Values = cause is null ? [] : [new(MsmlEvent.Cause, cause)],
        });
    }

    private MsmlResult Play(MsmlDialogStart start, MsmlPlay play)
    {
        if (!TonePlayer.Knows(play.Uri))
            return new MsmlResult(MsmlResult.NotSupported, $"{play.Uri} cannot be played.");
        var legs = Leg(start.Target) is { } leg ? [leg] : Conference(start.Target)?.Legs;
        if (legs is null)
            return NotFound(start.Target);
        foreach (var one in legs)
        {
            if (one.Media is { } media)
                one.Player = new TonePlayer(play.Uri["tone:".Length..], media.Codec.SampleRate);
        }
        return new MsmlResult(MsmlResult.Ok) { DialogIds = [start.DialogId] };
    }

    private MsmlResult End(MsmlDialogEnd end, long nowUs)
    {
        if (MsmlIds.DialogOf(end.Target) is { } name && control.Segments.Find(name) is { } recorder)
        {
            recorder.Stop(nowUs, null);
            return Done;
        }
        if (Leg(end.Target) is { } leg)
        {
            leg.Player = null;
            return Done;
        }
        if (Conference(end.Target) is not { } conference)
            return NotFound(end.Target);
        foreach (var one in conference.Legs)
            one.Player = null;
        return Done;
    }

    private MsmlResult Send(MsmlSend send, long nowUs)
    {
        if (MsmlIds.DialogOf(send.Target) is not { } name || control.Segments.Find(name) is not { } recorder)
            return NotFound(send.Target);
        if (send.Event == MsmlSend.Pause)
            recorder.Pause(nowUs);
        else if (send.Event == MsmlSend.Resume)
            recorder.Resume(nowUs);
        else
            return new MsmlResult(MsmlResult.NotSupported, $"{send.Event} is not known here.");
        return Done;
    }

    private MsmlResult Join(MsmlJoin join, long nowUs)
    {
        var (connection, conference) = Sort(join.Id1, join.Id2);
        if (Leg(connection) is not { } leg)
            return NotFound(connection);
        if (MsmlIds.ConferenceOf(conference) is not { } id)
            return NotFound(conference);
        if (leg.Conference?.Id != id)
            leg.Conference?.Leave(leg, false, nowUs);
        leg.Player = null;
        control.Engine.Conference(id).Join(leg, nowUs);
        return Done;
    }

    private MsmlResult Unjoin(MsmlUnjoin unjoin, long nowUs)
    {
        var (connection, conference) = Sort(unjoin.Id1, unjoin.Id2);
        if (Leg(connection) is not { } leg)
            return NotFound(connection);
        if (leg.Conference is { } now && now.Id == MsmlIds.ConferenceOf(conference))
            now.Leave(leg, true, nowUs);
        return Done;
    }

    private static (string Connection, string Conference) Sort(string one, string other) =>
        MsmlIds.ConnectionOf(one) is null ? (other, one) : (one, other);

    private MediaLeg? Leg(string id) =>
        MsmlIds.ConnectionOf(id) is { } tag && control.Engine.Legs.TryGetValue(tag, out var leg) ? leg : null;

    private MediaConference? Conference(string id) =>
        MsmlIds.ConferenceOf(id) is { } name && control.Engine.Conferences.TryGetValue(name, out var conference)
            ? conference
            : null;

    private static MsmlResult NotFound(string id) => new(MsmlResult.NotFound, $"{id} is not here.");
}
