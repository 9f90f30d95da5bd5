using System.Globalization;
using System.Xml.Linq;

namespace Tandem.Sip.Msml;

/// <summary>Writes MSML bodies.</summary>
internal static class MsmlWriter
{
    public static string Write(MsmlDocument document)
    {
        var root = new XElement("msml", new XAttribute("version", "1.1"));
        foreach (var request in document.Requests) root.Add(MsmlRequestWriter.Element(request));
        if (document.Result is { } result) root.Add(Element(result));
        if (document.Event is { } happened) root.Add(Element(happened));
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + root.ToString(SaveOptions.DisableFormatting);
    }

    private static XElement Element(MsmlResult result)
    {
        var element = new XElement("result", new XAttribute("response", result.Response.ToString(CultureInfo.InvariantCulture)));
        if (result.Description is not null) element.Add(new XElement("description", result.Description));
        foreach (var id in result.ConferenceIds) element.Add(new XElement("confid", id));
        foreach (var id in result.DialogIds) element.Add(new XElement("dialogid", id));
        return element;
    }

    private static XElement Element(MsmlEvent happened)
    {
        var element = new XElement("event", new XAttribute("name", happened.Name), new XAttribute("id", happened.Id));
        foreach (var (name, value) in happened.Values) element.Add(new XElement("name", name), new XElement("value", value));
        return element;
    }
}
