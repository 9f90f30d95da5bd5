using System.Globalization;
using System.Xml.Linq;

namespace Tandem.Sip.Msml;

/// <summary>Writes the request elements.</summary>
internal static class MsmlRequestWriter
{
    public static XElement Element(MsmlRequest request) => request switch
    {
        MsmlDialogStart start => DialogStart(start),
        MsmlDialogEnd end => new XElement("dialogend", new XAttribute("target", end.Target)),
        MsmlSend send => new XElement("send", new XAttribute("event", send.Event), new XAttribute("target", send.Target)),
        MsmlJoin { FromId1: true, ToId1: true, Gain: null } join => Pair("join", join.Id1, join.Id2),
        MsmlJoin join => Pair(
            "join", join.Id1, join.Id2,
            join.FromId1 ? Stream("from-id1", MsmlGain.Element(join.Gain?.FromId1, join.Gain?.FromGainDb)) : null,
            join.ToId1 ? Stream("to-id1", MsmlGain.Element(join.Gain?.ToId1, join.Gain?.ToGainDb)) : null),
        MsmlUnjoin unjoin => Pair("unjoin", unjoin.Id1, unjoin.Id2),
        MsmlModifyStream modify => Pair(
            "modifystream", modify.Id1, modify.Id2,
            Gain("from-id1", modify.FromId1, modify.FromGainDb), Gain("to-id1", modify.ToId1, modify.ToGainDb)),
        MsmlCreateConference create => new XElement("createconference",
            Optional("name", create.Name), new XAttribute("deletewhen", create.DeleteWhenNoMedia ? "nomedia" : "never")),
        MsmlDestroyConference destroy => new XElement("destroyconference", new XAttribute("id", destroy.Id)),
        MsmlUnknown unknown => new XElement(unknown.Element),
        _ => throw new ArgumentException("unknown MSML request " + request.GetType().Name, nameof(request)),
    };

    private static XElement Pair(string name, string id1, string id2, params ReadOnlySpan<XElement?> streams) =>
        new(name, new XAttribute("id1", id1), new XAttribute("id2", id2), streams.ToArray());

    private static XElement Stream(string direction, XElement? gain) =>
        new("stream", new XAttribute("media", "audio"), new XAttribute("dir", direction), gain);

    private static XElement? Gain(string direction, bool? open, int? db) =>
        MsmlGain.Element(open, db) is { } gain ? Stream(direction, gain) : null;

    private static XElement DialogStart(MsmlDialogStart start)
    {
        var element = new XElement("dialogstart", new XAttribute("target", start.Target), new XAttribute("type", "application/moml+xml"));
        if (start.Name is not null) element.Add(new XAttribute("name", start.Name));
        if (start.Record is { } record) element.Add(Record(record));
        if (start.Play is { } play) element.Add(Play(play));
        if (start.Dtmf is { } dtmf) element.Add(Dtmf(dtmf));
        return element;
    }

    private static XElement Record(MsmlRecord record) => new("record",
        new XAttribute("dn", record.Dn), Optional("calluuid", record.CallUuid), Optional("connid", record.ConnId),
        Optional("ani", record.Ani), Optional("dnis", record.Dnis), new XAttribute("beep", record.Beep),
        new XAttribute("priority", record.Priority), new XAttribute("stems", record.Stems), Optional("siprec", record.Siprec));

    private static XElement Play(MsmlPlay play) => new("play",
        new XAttribute("iterate", play.Iterate == MsmlPlay.Forever ? "forever" : Text(play.Iterate)),
        play.More.Prepend(play.Uri).Select(uri => new XElement("audio", new XAttribute("uri", uri))));

    private static XElement Dtmf(MsmlDtmf dtmf)
    {
        var digits = $"min=1;max={Text(dtmf.Maximum)}" + (dtmf.ReturnKey is { } key ? $";rtk={key}" : "");
        return new XElement("dtmf",
            new XAttribute("fdt", Text(dtmf.FirstMs) + "ms"), new XAttribute("idt", Text(dtmf.NextMs) + "ms"),
            new XElement("pattern", new XAttribute("digits", digits), new XAttribute("format", "moml+digits")));
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static XAttribute? Optional(string name, string? value) => value is null ? null : new XAttribute(name, value);
}
