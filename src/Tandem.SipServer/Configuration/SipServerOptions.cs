using System.ComponentModel.DataAnnotations;
using Tandem.Hosting;
using Tandem.Sip.Authentication;

namespace Tandem.SipServer.Configuration;

/// <summary>The role's section of the configuration.</summary>
internal sealed record SipServerOptions
{
    /// <summary>SIP over UDP and TCP.</summary>
    [Range(1, 65535)]
    public int Port { get; init; } = 5060;

    /// <summary>CTI WebSocket and configuration endpoints.</summary>
    [Range(1, 65535)]
    public int CtiPort { get; init; } = 8081;

    /// <summary>SIP over TLS beside it; null: none, for without a certificate of the site there is nothing to prove.</summary>
    public SipTlsOptions? Tls { get; init; }

    public const int UsualTlsPort = 5061;

    /// <summary>A file that is provisioned from at each start; null: the configuration endpoints alone.</summary>
    public string? Provisioning { get; init; }

    /// <summary>What MCP plays to a party that is held: <c>silence</c>, or a URI that MCP knows, such as
    /// <c>tone:music</c>.</summary>
    [Required, StringLength(256, MinimumLength = 1)]
    public string HoldMusic { get; init; } = "silence";

    /// <summary>What a phone calls to begin a conference (RFC 4579); a DN of this name comes before it.</summary>
    [Required, StringLength(64, MinimumLength = 1)]
    public string ConferenceNumber { get; init; } = "conference";

    /// <summary>Tried in this order; none: no call is recorded.</summary>
    public McpAddress[] Mcp { get; init; } = [];

    /// <summary>SIP URIs of other recorders, which MCP feeds with every recording in parallel by SIPREC; with <c>;srtp=sdes</c> in
    /// SRTP, or not at all.</summary>
    public string[] Recorders { get; init; } = [];

    /// <summary>Whether the parties hear a beep every 15 s while they are recorded.</summary>
    public bool RecordingBeep { get; init; }

    /// <summary>Whether each party gets a file of its own besides the two channels.</summary>
    public bool RecordEachParty { get; init; }

    public CtiClientOptions[] CtiClients { get; init; } = [];

    /// <summary>Digest realm. Passwords are kept hashed with it: after a change every DN needs its password again.</summary>
    [Required, StringLength(64, MinimumLength = 1)]
    public string Realm { get; init; } = "tandem";

    /// <summary>What phones are challenged with, the preferred first: <c>Sha256</c>, <c>Md5</c>. None named: MD5 alone,
    /// because telephones in use refuse a challenge as a whole in which another algorithm comes first (SIPp 3.6) or at
    /// all (baresip 1.0).</summary>
    public DigestAlgorithm[]? Digest { get; init; }

    /// <summary>How long a called party may ring, s.</summary>
    [Range(5, 600)]
    public int RingSeconds { get; init; } = 120;

    /// <summary>Session interval asked of phones (RFC 4028), s; 0: none.</summary>
    [Range(0, 86400)]
    public int SessionSeconds { get; init; } = 1800;
}
