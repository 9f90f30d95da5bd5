using System.Xml.Linq;

namespace Tandem.Sip.Siprec;

/// <summary>Writes rs-metadata (RFC 7865 §7): what <see cref="SiprecMetadataParser"/> reads.</summary>
internal static class SiprecMetadataWriter
{
    private static readonly XNamespace Ns = "urn:ietf:params:xml:ns:recording:1";

    public static string Write(SiprecMetadata metadata)
    {
        var root = new XElement(Ns + "recording", new XElement(Ns + "datamode", metadata.IsComplete ? "complete" : "partial"));
        foreach (var session in metadata.Sessions)
        {
            root.Add(new XElement(Ns + "session", new XAttribute("session_id", session.Id),
                Optional("sipSessionID", session.SipSessionId), Optional("start-time", session.StartTime),
                Optional("stop-time", session.StopTime)));
        }
        foreach (var participant in metadata.Participants)
        {
            root.Add(new XElement(Ns + "participant", new XAttribute("participant_id", participant.Id),
                new XElement(Ns + "nameID", new XAttribute("aor", participant.Aor), Optional("name", participant.Name))));
        }
        foreach (var stream in metadata.Streams)
        {
            root.Add(new XElement(Ns + "stream", new XAttribute("stream_id", stream.Id),
                stream.SessionId is { } session ? new XAttribute("session_id", session) : null, new XElement(Ns + "label", stream.Label)));
        }
        foreach (var participant in metadata.Participants) AddAssociations(root, metadata, participant);
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n" + root.ToString(SaveOptions.None).ReplaceLineEndings("\r\n");
    }

    private static void AddAssociations(XElement root, SiprecMetadata metadata, SiprecParticipant participant)
    {
        foreach (var session in metadata.Sessions)
        {
            root.Add(new XElement(Ns + "participantsessionassoc", new XAttribute("participant_id", participant.Id),
                new XAttribute("session_id", session.Id), Optional("associate-time", session.StartTime),
                Optional("disassociate-time", participant.LeftTime)));
        }
        root.Add(new XElement(Ns + "participantstreamassoc", new XAttribute("participant_id", participant.Id),
            participant.Sends.Select(id => new XElement(Ns + "send", id)),
            participant.Receives.Select(id => new XElement(Ns + "recv", id))));
    }

    private static XElement? Optional(string name, string? value) => value is null ? null : new XElement(Ns + name, value);
}
