using Tandem.Sip.Authentication;
using Tandem.Sip.Headers;
using Tandem.Sip.Messages;
using Tandem.Sip.Transport;

namespace Tandem.Sip.UserAgents;

/// <summary>An INVITE to be sent by <see cref="UserAgent.Invite"/>.</summary>
public sealed record OutgoingInvite(SipUri To, NameAddress From)
{
    /// <summary>The Request-URI when it differs from To.</summary>
    public SipUri? RequestUri { get; init; }

    /// <summary>Where to send; null: found from Route or Request-URI (RFC 3263 subset).</summary>
    public SipDestination? Destination { get; init; }

    /// <summary>Pre-loaded Route values, topmost first.</summary>
    public IReadOnlyList<string> Routes { get; init; } = [];

    /// <summary>The offer; null sends none: the 2xx then carries the offer and <see cref="InviteSession.Ack"/> the answer.</summary>
    public string? Sdp { get; init; }

    /// <summary>A body other than SDP (multipart for SIPREC), with its Content-Type; wins over <see cref="Sdp"/>.</summary>
    public (string ContentType, ReadOnlyMemory<byte> Body)? Body { get; init; }

    /// <summary>Further headers.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>Answers challenges; null: the agent's own.</summary>
    public DigestCredentials? Credentials { get; init; }

    /// <summary>Call-ID to use; null makes one.</summary>
    public string? CallId { get; init; }

    /// <summary>Full Contact value; null: the agent's.</summary>
    public string? Contact { get; init; }

    /// <summary>
    /// Whether a 2xx to an INVITE with an offer is acknowledged at once (default). False: <see cref="InviteSession.Ack"/> must be called.
    /// </summary>
    public bool AcknowledgeAtOnce { get; init; } = true;
}
