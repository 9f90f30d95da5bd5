using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Xml.Linq;
using Tandem.Sip.Parsing;

namespace Tandem.Sip.Msml;

/// <summary>Reads MSML bodies; namespaces are ignored, unknown requests are kept as <see cref="MsmlUnknown"/>.</summary>
internal static class MsmlParser
{
    public static bool TryParse(ReadOnlySpan<byte> body, [NotNullWhen(true)] out MsmlDocument? document, [NotNullWhen(false)] out string? why)
    {
        document = null;
        if (!SafeXml.TryLoad(body, out var root, out why)) return false;
        if (root.Name.LocalName != "msml")
        {
            why = "root element is not msml";
            return false;
        }
        var requests = new List<MsmlRequest>();
        MsmlResult? result = null;
        MsmlEvent? happened = null;
        foreach (var element in root.Elements())
        {
            if (element.Name.LocalName == "result") result = Result(element);
            else if (element.Name.LocalName == "event") happened = Event(element);
            else if (Request(element) is { } request) requests.Add(request);
            else
            {
                why = "an attribute is missing in " + element.Name.LocalName;
                return false;
            }
        }
        document = new MsmlDocument { Requests = requests, Result = result, Event = happened };
        return true;
    }

    private static MsmlRequest? Request(XElement element)
    {
        switch (element.Name.LocalName)
        {
            case "dialogstart":
                return Text(element, "target") is { } target ? DialogStart(element, target) : null;
            case "dialogend":
                return (Text(element, "target") ?? Text(element, "id")) is { } dialog ? new MsmlDialogEnd(dialog) : null;
            case "send":
                return Text(element, "event") is { } name && Text(element, "target") is { } to ? new MsmlSend(name, to) : null;
            case "join":
                return Text(element, "id1") is { } a && Text(element, "id2") is { } b ? new MsmlJoin(a, b) : null;
            case "unjoin":
                return Text(element, "id1") is { } c && Text(element, "id2") is { } d ? new MsmlUnjoin(c, d) : null;
            default:
                return new MsmlUnknown(element.Name.LocalName);
        }
    }

    private static MsmlDialogStart DialogStart(XElement element, string target)
    {
        MsmlRecord? record = null;
        MsmlPlay? play = null;
        foreach (var child in element.Elements())
        {
            if (child.Name.LocalName == "record")
            {
                record = new MsmlRecord(Text(child, "dn") ?? "")
                {
                    CallUuid = Text(child, "calluuid"),
                    ConnId = Text(child, "connid"),
                    Ani = Text(child, "ani"),
                    Dnis = Text(child, "dnis"),
                    Beep = Text(child, "beep") is "true" or "1",
                };
            }
            else if (child.Name.LocalName == "play") play = new MsmlPlay(Text(child, "uri") ?? "");
        }
        return new MsmlDialogStart(target, Text(element, "name")) { Record = record, Play = play };
    }

    private static MsmlResult Result(XElement element)
    {
        _ = int.TryParse(Text(element, "response"), NumberStyles.None, CultureInfo.InvariantCulture, out var response);
        var description = element.Elements().FirstOrDefault(e => e.Name.LocalName == "description")?.Value;
        return new MsmlResult(response, description)
        {
            DialogIds = [.. element.Elements().Where(e => e.Name.LocalName == "dialogid").Select(e => e.Value)],
        };
    }

    private static MsmlEvent Event(XElement element)
    {
        var values = new List<KeyValuePair<string, string>>();
        string? name = null;
        foreach (var child in element.Elements())
        {
            if (child.Name.LocalName == "name") name = child.Value;
            else if (child.Name.LocalName == "value" && name is not null)
            {
                values.Add(new(name, child.Value));
                name = null;
            }
        }
        return new MsmlEvent(Text(element, "name") ?? "", Text(element, "id") ?? "") { Values = values };
    }

    private static string? Text(XElement element, string attribute) => element.Attribute(attribute)?.Value;
}
