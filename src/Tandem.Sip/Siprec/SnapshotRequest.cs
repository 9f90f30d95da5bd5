using System.Security;
using Tandem.Sip.Messages;
using Tandem.Sip.Parsing;

namespace Tandem.Sip.Siprec;

/// <summary>
/// A recorder's request for the whole metadata (RFC 7866 §9.2): an UPDATE without SDP whose body, of disposition
/// <c>recording-session</c>, is a <c>requestsnapshot</c> document (RFC 7865). It is answered 200, and then by an INVITE or
/// UPDATE of the client's own that bears complete metadata.
/// </summary>
public static class SnapshotRequest
{
    /// <summary>The type of the drafts, which recorders in the field still send; the RFC has the type of metadata itself.</summary>
    private const string DraftType = "application/rs-metadata-request";

    private const string Root = "requestsnapshot";

    /// <summary>The document.</summary>
    /// <param name="reason">For the other side's log.</param>
    public static string Write(string reason) =>
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n"
        + $"<{Root} xmlns=\"urn:ietf:params:xml:ns:recording:1\"><requestreason xml:lang=\"en\">"
        + $"{SecurityElement.Escape(reason)}</requestreason></{Root}>";

    /// <summary>Whether a message asks for the whole metadata.</summary>
    public static bool IsIn(SipMessage message)
    {
        var type = message.ContentType ?? "";
        if (type == DraftType) return true;
        return type.StartsWith("application/rs-metadata", StringComparison.Ordinal)
            && SafeXml.TryLoad(message.Body.Span.Trim(" \t\r\n"u8), out var root, out _) && root.Name.LocalName == Root;
    }
}
