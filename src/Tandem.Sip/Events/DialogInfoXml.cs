using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Xml.Linq;
using Tandem.Sip.Parsing;

namespace Tandem.Sip.Events;

/// <summary>dialog-info+xml, read and written (RFC 4235 §4.3).</summary>
internal static class DialogInfoXml
{
    private static readonly XNamespace Space = "urn:ietf:params:xml:ns:dialog-info";

    public static string Write(DialogInfo info)
    {
        var root = new XElement(Space + "dialog-info",
            new XAttribute("version", info.Version.ToString(CultureInfo.InvariantCulture)),
            new XAttribute("state", info.IsFull ? "full" : "partial"), new XAttribute("entity", info.Entity));
        foreach (var dialog in info.Dialogs) root.Add(Write(dialog));
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + root.ToString(SaveOptions.DisableFormatting);
    }

    public static bool TryParse(ReadOnlySpan<byte> body, [NotNullWhen(true)] out DialogInfo? info)
    {
        info = null;
        if (!SafeXml.TryLoad(body, out var root, out _) || root.Name.LocalName != "dialog-info") return false;
        if (!uint.TryParse(root.Attribute("version")?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var version)) return false;
        info = new DialogInfo(root.Attribute("entity")?.Value ?? "", version, root.Attribute("state")?.Value != "partial")
        {
            Dialogs = [.. root.Elements().Where(e => e.Name.LocalName == "dialog").Select(Read)],
        };
        return true;
    }

    private static XElement Write(DialogInfoItem dialog)
    {
        var state = new XElement(Space + "state", Optional("event", dialog.Cause),
            Optional("code", dialog.Code?.ToString(CultureInfo.InvariantCulture)), dialog.State);
        return new XElement(Space + "dialog", new XAttribute("id", dialog.Id), Optional("call-id", dialog.CallId),
            Optional("local-tag", dialog.LocalTag), Optional("remote-tag", dialog.RemoteTag), Optional("direction", dialog.Direction), state,
            Party("local", dialog.LocalIdentity), Party("remote", dialog.RemoteIdentity));
    }

    private static DialogInfoItem Read(XElement element)
    {
        var state = Child(element, "state");
        return new DialogInfoItem(element.Attribute("id")?.Value ?? "", state?.Value.Trim() ?? "")
        {
            CallId = element.Attribute("call-id")?.Value,
            LocalTag = element.Attribute("local-tag")?.Value,
            RemoteTag = element.Attribute("remote-tag")?.Value,
            Direction = element.Attribute("direction")?.Value,
            Cause = state?.Attribute("event")?.Value,
            Code = int.TryParse(state?.Attribute("code")?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var code) ? code : null,
            LocalIdentity = Identity(element, "local"),
            RemoteIdentity = Identity(element, "remote"),
        };
    }

    private static XElement? Party(string name, string? identity) =>
        identity is null ? null : new XElement(Space + name, new XElement(Space + "identity", identity));

    private static string? Identity(XElement element, string party) =>
        Child(element, party) is { } found ? Child(found, "identity")?.Value.Trim() : null;

    private static XElement? Child(XElement element, string name) => element.Elements().FirstOrDefault(e => e.Name.LocalName == name);

    private static XAttribute? Optional(string name, string? value) => value is null ? null : new XAttribute(name, value);
}
