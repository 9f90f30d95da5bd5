using System.Globalization;
using Tandem.MediaControlPlatform.Engine;
using Tandem.MediaControlPlatform.Prompts;
using Tandem.MediaControlPlatform.Recording;
using Tandem.MediaControlPlatform.Siprec.Forking;
using Tandem.Sip.Msml;
using static Tandem.MediaControlPlatform.Control.MsmlTargets;

namespace Tandem.MediaControlPlatform.Control;

/// <summary>Dialogs that record, play or collect keys (RFC 5707 §7.3, §9). On the engine's thread.</summary>
internal sealed class MsmlDialogs(LegControl control)
{
    /// <param name="found">The prompts of the request, by their URIs.</param>
    public MsmlResult Start(LegSession asked, MsmlDialogStart start, Dictionary<string, Prompt> found, long nowUs)
    {
        if (start.Record is { } record)
            return Record(asked, start, record, nowUs);
        var named = start.Name is null ? start with { Name = Guid.NewGuid().ToString("N") } : start;
        return (start.Play, start.Dtmf) switch
        {
            ({ } play, _) => Play(asked, named, play, found),
            (_, { } dtmf) => Collect(asked, named, dtmf, nowUs),
            _ => new MsmlResult(MsmlResult.BadRequest, "A dialogstart needs a record, a play or a dtmf."),
        };
    }

    public MsmlResult End(MsmlDialogEnd end, long nowUs)
    {
        if (MsmlIds.DialogOf(end.Target) is { } name && control.Segments.Find(name) is { } recorder)
        {
            recorder.Stop(nowUs, null);
            return Done;
        }
        if (control.Engine.Hearers(end.Target) is not { } legs)
            return NotFound(end.Target);
        var all = MsmlIds.DialogOf(end.Target) is null;
        foreach (var leg in legs)
        {
            if (all || leg.Player?.DialogId == end.Target)
                leg.Play(null);
            if (all || leg.Digits?.DialogId == end.Target)
                leg.Digits = null;
        }
        return Done;
    }

    public MsmlResult Send(MsmlSend send, long nowUs)
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

    private MsmlResult Record(LegSession asked, MsmlDialogStart start, MsmlRecord record, long nowUs)
    {
        if (!Guid.TryParse(start.Name, out _) || record.Dn.Length == 0)
            return new MsmlResult(MsmlResult.BadRequest, "A record needs a segment id as its name, and a dn.");
        if (control.Engine.Named(start.Target) is not { } conference)
            return NotFound(start.Target);
        var request = new RecordRequest(
            start.Name, record.Dn, record.CallUuid ?? "", record.ConnId ?? "", record.Ani, record.Dnis, record.Beep)
        {
            Priority = record.Priority,
            Stems = record.Stems,
        };
        var others = (record.Siprec ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(SiprecForks.Read).ToList();
        if (others.Contains(null))
            return new MsmlResult(MsmlResult.BadRequest, $"{record.Siprec} is not the SIP URI of a recorder.");
        if (control.Segments.Begin(conference, request, Tell, nowUs) is { } recorder)
            control.Fork(recorder, others!);
        return Started(start);

        void Tell(string name, string? cause) => control.Notify(asked, conference.Id, new MsmlEvent(name, start.DialogId)
        {
            Values = cause is null ? [] : [new(MsmlEvent.Cause, cause)],
        });
    }

    private MsmlResult Play(LegSession asked, MsmlDialogStart start, MsmlPlay play, Dictionary<string, Prompt> found)
    {
        var files = play.More.Prepend(play.Uri).ToList();
        if (!(TonePlayer.Knows(play.Uri) && files.Count == 1) && !files.TrueForAll(found.ContainsKey))
            return new MsmlResult(MsmlResult.NotSupported, $"{string.Join(", ", files)} cannot be played.");
        if (control.Engine.Hearers(start.Target) is not { } legs)
            return NotFound(start.Target);
        // A conference is told once, by the first of those who hear it.
        var told = false;
        foreach (var leg in legs)
        {
            Action<bool, long>? ended = told ? null : (whole, ms) => Exit(asked, start,
                (MsmlEvent.PlayEnd, whole ? "play.complete" : "play.terminate"),
                (MsmlEvent.PlayAmount, ms.ToString(CultureInfo.InvariantCulture) + "ms"));
            told = true;
            leg.Play(TonePlayer.Knows(play.Uri)
                ? new TonePlayer(play.Uri[TonePlayer.Scheme.Length..]) { DialogId = start.DialogId, Ended = ended }
                : new PromptPlayer([.. files.Select(file => found[file])], play.Iterate) { DialogId = start.DialogId, Ended = ended });
        }
        return Started(start);
    }

    private MsmlResult Collect(LegSession asked, MsmlDialogStart start, MsmlDtmf dtmf, long nowUs)
    {
        if (control.Engine.Leg(start.Target) is not { } leg)
            return NotFound(start.Target);
        leg.Digits = new DigitCollector(start.DialogId, dtmf, nowUs, (keys, how) =>
            Exit(asked, start, (MsmlEvent.DtmfDigits, keys), (MsmlEvent.DtmfEnd, how)));
        return Started(start);
    }

    private void Exit(LegSession asked, MsmlDialogStart start, params (string Name, string Value)[] values) =>
        LegControl.Tell(asked, new MsmlEvent(MsmlEvent.DialogExit, start.DialogId)
        {
            Values = [.. values.Select(pair => KeyValuePair.Create(pair.Name, pair.Value))],
        });

    private static MsmlResult Started(MsmlDialogStart start) => new(MsmlResult.Ok) { DialogIds = [start.DialogId] };
}
