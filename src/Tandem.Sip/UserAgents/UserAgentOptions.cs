using Tandem.Sip.Authentication;
using Tandem.Sip.Messages;

namespace Tandem.Sip.UserAgents;

/// <summary>How a <see cref="UserAgent"/> presents itself.</summary>
public sealed record UserAgentOptions
{
    /// <summary>User part of its Contact, or null for none.</summary>
    public string? ContactUser { get; init; }

    /// <summary>Text of User-Agent and Server headers, or null to send none.</summary>
    public string? Product { get; init; } = "Tandem";

    /// <summary>Methods announced in Allow and accepted inside dialogs.</summary>
    public IReadOnlyList<string> Allow { get; init; } =
    [
        SipMethods.Invite, SipMethods.Ack, SipMethods.Bye, SipMethods.Cancel, SipMethods.Options, SipMethods.Info,
        SipMethods.Refer, SipMethods.Notify, SipMethods.Subscribe, SipMethods.Update, SipMethods.Prack, SipMethods.Message,
    ];

    /// <summary>Option tags announced in Supported and accepted in Require.</summary>
    public IReadOnlyList<string> Supported { get; init; } = ["100rel", "replaces", "timer", "norefersub"];

    /// <summary>Extra option tags that a request may require without being announced.</summary>
    public IReadOnlyList<string> AlsoAccepted { get; init; } = ["eventlist", "siprec", "histinfo", "path", "outbound"];

    /// <summary>Answers a 401 or 407 of any request of this agent; null: challenges are handed to the caller.</summary>
    public DigestCredentials? Credentials { get; init; }

    /// <summary>Session interval asked for in INVITE (RFC 4028); null: none asked, but a peer's is honoured. At least 90 s.</summary>
    public TimeSpan? SessionExpires { get; init; }

    /// <summary>Smallest session interval taken from a peer; default and least 90 s.</summary>
    public TimeSpan MinSessionExpires { get; init; } = TimeSpan.FromSeconds(90);
}
