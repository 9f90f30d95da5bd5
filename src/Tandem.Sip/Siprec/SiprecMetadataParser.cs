using System.Diagnostics.CodeAnalysis;
using System.Xml.Linq;
using Tandem.Sip.Parsing;

namespace Tandem.Sip.Siprec;

/// <summary>
/// Reads rs-metadata of any vendor: namespaces and prefixes are ignored; ids may be <c>id</c> or <c>session_id</c>, <c>participant_id</c>,
/// <c>stream_id</c>; send and recv may stand in the participant or in its participantstreamassoc.
/// </summary>
internal static class SiprecMetadataParser
{
    public static bool TryParse(ReadOnlySpan<byte> body, [NotNullWhen(true)] out SiprecMetadata? metadata, [NotNullWhen(false)] out string? why)
    {
        metadata = null;
        if (!SafeXml.TryLoad(body.Trim(" \t\r\n"u8), out var root, out why)) return false;
        if (root.Name.LocalName is not ("recording" or "recording_metadata"))
        {
            why = "root element is " + root.Name.LocalName;
            return false;
        }
        var mode = Children(root, "datamode").Concat(Children(root, "dataMode")).FirstOrDefault()?.Value.Trim();
        metadata = new SiprecMetadata
        {
            IsComplete = !"partial".Equals(mode, StringComparison.OrdinalIgnoreCase),
            Sessions = [.. Children(root, "session").Select(Session)],
            Participants = Participants(root),
            Streams = [.. Children(root, "stream").Select(Stream)],
        };
        return true;
    }

    private static SiprecSession Session(XElement element) => new(Id(element, "session_id"))
    {
        SipSessionId = Text(element, "sipSessionID"),
        StartTime = Text(element, "start-time") ?? Text(element, "associate-time"),
        StopTime = Text(element, "stop-time"),
    };

    private static SiprecStream Stream(XElement element) => new(Id(element, "stream_id"), Text(element, "label") ?? "")
    {
        SessionId = (element.Attribute("session_id") ?? element.Attribute("session"))?.Value,
        IsMixed = "mixed".Equals(Text(element, "mode"), StringComparison.OrdinalIgnoreCase),
    };

    private static List<SiprecParticipant> Participants(XElement root)
    {
        var streams = Children(root, "participantstreamassoc").ToLookup(a => Id(a, "participant_id"));
        var sessions = Children(root, "participantsessionassoc").ToLookup(a => Id(a, "participant_id"));
        // A partial update may name a participant in an association alone.
        var elements = Children(root, "participant").ToList();
        var bare = streams.Select(group => group.Key).Except(elements.Select(e => Id(e, "participant_id")))
            .Select(id => new XElement("participant", new XAttribute("participant_id", id)));
        return [.. elements.Concat(bare).Select(element => Participant(element, streams, sessions))];
    }

    private static SiprecParticipant Participant(
        XElement element, ILookup<string, XElement> streams, ILookup<string, XElement> sessions)
    {
        var id = Id(element, "participant_id");
        var name = Children(element, "nameID").FirstOrDefault();
        List<XElement> holders = [element, .. streams[id]];
        return new SiprecParticipant(id, name?.Attribute("aor")?.Value.Trim() ?? "")
        {
            Name = name is null ? null : Text(name, "name"),
            Sends = Ids(holders, "send"),
            Receives = Ids(holders, "recv"),
            IsAssociated = holders.Count > 1 || Children(element, "send").Concat(Children(element, "recv")).Any(),
            LeftTime = sessions[id].Select(a => Text(a, "disassociate-time")).FirstOrDefault(t => t is not null),
        };
    }

    private static List<string> Ids(IEnumerable<XElement> holders, string name) =>
        [.. holders.SelectMany(h => Children(h, name)).Select(e => e.Value.Trim()).Where(t => t.Length > 0).Distinct()];

    private static string Id(XElement element, string attribute) => (element.Attribute(attribute) ?? element.Attribute("id"))?.Value.Trim() ?? "";

    private static string? Text(XElement element, string child) =>
        Children(element, child).FirstOrDefault()?.Value.Trim() is { Length: > 0 } text ? text : null;

    private static IEnumerable<XElement> Children(XElement element, string name) => element.Elements().Where(e => e.Name.LocalName == name);
}
