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
            else if (MsmlRequestReader.Read(element) is { } request) requests.Add(request);
            else
            {
                why = "an attribute is missing in " + element.Name.LocalName;
                return false;
            }
        }
        document = new MsmlDocument { Requests = requests, Result = result, Event = happened };
        return true;
    }

    private static MsmlResult Result(XElement element)
    {
        _ = int.TryParse(Text(element, "response"), NumberStyles.None, CultureInfo.InvariantCulture, out var response);
        var description = element.Elements().FirstOrDefault(e => e.Name.LocalName == "description")?.Value;
        return new MsmlResult(response, description)
        {
            DialogIds = [.. element.Elements().Where(e => e.Name.LocalName == "dialogid").Select(e => e.Value)],
            ConferenceIds = [.. element.Elements().Where(e => e.Name.LocalName == "confid").Select(e => e.Value)],
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
