using System.Globalization;
using System.Xml.Linq;

namespace Tandem.Sip.Msml;

/// <summary>Writes MSML bodies.</summary>
internal static class MsmlWriter
{
    public static string Write(MsmlDocument document)
    {
        var root = new XElement("msml", new XAttribute("version", "1.1"));
        foreach (var request in document.Requests) root.Add(Element(request));
        if (document.Result is { } result) root.Add(Element(result));
        if (document.Event is { } happened) root.Add(Element(happened));
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + root.ToString(SaveOptions.DisableFormatting);
    }

    private static XElement Element(MsmlRequest request) => request switch
    {
        MsmlDialogStart start => Element(start),
        MsmlDialogEnd end => new XElement("dialogend", new XAttribute("target", end.Target)),
        MsmlSend send => new XElement("send", new XAttribute("event", send.Event), new XAttribute("target", send.Target)),
        MsmlJoin join => new XElement("join", new XAttribute("id1", join.Id1), new XAttribute("id2", join.Id2)),
        MsmlUnjoin unjoin => new XElement("unjoin", new XAttribute("id1", unjoin.Id1), new XAttribute("id2", unjoin.Id2)),
        MsmlUnknown unknown => new XElement(unknown.Element),
        _ => throw new ArgumentException("unknown MSML request " + request.GetType().Name, nameof(request)),
    };

    private static XElement Element(MsmlDialogStart start)
    {
        var element = new XElement("dialogstart", new XAttribute("target", start.Target), new XAttribute("type", "application/moml+xml"));
        if (start.Name is not null) element.Add(new XAttribute("name", start.Name));
        if (start.Record is { } record)
        {
            element.Add(new XElement("record",
                new XAttribute("dn", record.Dn), Optional("calluuid", record.CallUuid), Optional("connid", record.ConnId),
                Optional("ani", record.Ani), Optional("dnis", record.Dnis), new XAttribute("beep", record.Beep)));
        }
        if (start.Play is { } play) element.Add(new XElement("play", new XAttribute("uri", play.Uri)));
        return element;
    }

    private static XElement Element(MsmlResult result)
    {
        var element = new XElement("result", new XAttribute("response", result.Response.ToString(CultureInfo.InvariantCulture)));
        if (result.Description is not null) element.Add(new XElement("description", result.Description));
        foreach (var id in result.DialogIds) element.Add(new XElement("dialogid", id));
        return element;
    }

    private static XElement Element(MsmlEvent happened)
    {
        var element = new XElement("event", new XAttribute("name", happened.Name), new XAttribute("id", happened.Id));
        foreach (var (name, value) in happened.Values) element.Add(new XElement("name", name), new XElement("value", value));
        return element;
    }

    private static XAttribute? Optional(string name, string? value) => value is null ? null : new XAttribute(name, value);
}
