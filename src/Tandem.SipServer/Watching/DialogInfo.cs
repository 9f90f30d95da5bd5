using System.Xml.Linq;
using Tandem.Contracts.Cti;

namespace Tandem.SipServer.Watching;

/// <summary>Writes <c>application/dialog-info+xml</c> (RFC 4235 section 4), always the full state. Pure.</summary>
internal static class DialogInfo
{
    public const string MediaType = "application/dialog-info+xml";

    private static readonly XNamespace Space = "urn:ietf:params:xml:ns:dialog-info";

    /// <param name="entity">URI of the DN watched.</param>
    /// <param name="over">ConnIDs of calls that ended since the last document.</param>
    public static string Write(string entity, int version, IReadOnlyList<DnCall> calls, IEnumerable<string> over)
    {
        var root = new XElement(
            Space + "dialog-info",
            new XAttribute("version", version),
            new XAttribute("state", "full"),
            new XAttribute("entity", entity),
            calls.Select(Element),
            over.Select(id => new XElement(
                Space + "dialog", new XAttribute("id", id), new XElement(Space + "state", "terminated"))));
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + root.ToString(SaveOptions.DisableFormatting);
    }

    private static XElement Element(DnCall call)
    {
        var state = call.State switch
        {
            "Ringing" => "early",
            "Dialing" => "trying",
            _ => "confirmed",
        };
        var dialog = new XElement(
            Space + "dialog", new XAttribute("id", call.ConnID), new XElement(Space + "state", state));
        if (state is "early" or "trying")
            dialog.Add(new XAttribute("direction", state == "early" ? "recipient" : "initiator"));
        if (call.OtherDN is { } other)
            dialog.Add(new XElement(Space + "remote", new XElement(Space + "identity", $"sip:{other}")));
        return dialog;
    }
}
