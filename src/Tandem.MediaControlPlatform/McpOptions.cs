using System.ComponentModel.DataAnnotations;
using Tandem.Hosting;

namespace Tandem.MediaControlPlatform;

/// <summary>Section <c>mcp</c> of the configuration.</summary>
internal sealed record McpOptions
{
    /// <summary>SIP over UDP and TCP; 0 picks a free one.</summary>
    [Range(0, 65_535)]
    public int Port { get; init; } = 5070;

    /// <summary>SIP over TLS as well, port 5071; none: no TLS.</summary>
    public SipTlsOptions? Tls { get; init; }

    /// <summary>CTI of SIPREC sessions; 0 picks a free one.</summary>
    [Range(0, 65_535)]
    public int CtiPort { get; init; } = 8082;

    [Range(1024, 65_534)]
    public int RtpPortMin { get; init; } = 16_384;

    [Range(1025, 65_535)]
    public int RtpPortMax { get; init; } = 32_767;

    /// <summary>Addresses that may control us (SIP Servers, SBCs); none: this machine only.</summary>
    public string[] Peers { get; init; } = [];

    public WebOptions? Web { get; init; }

    /// <summary>Bearer tokens of CTI clients, by their names; none: the CTI listener stays closed.</summary>
    public CtiClientOptions[] CtiClients { get; init; } = [];

    /// <summary>PEM file of the certificate that stream keys are wrapped to; none: asked of the web role.</summary>
    public string? IngestCertificate { get; init; }

    [Required, RegularExpression("[A-Za-z0-9._-]{1,64}")]
    public string ContactCenterId { get; init; } = "default";

    /// <summary>After this long without RTP and RTCP from a peer that should send, SIP Server is told, s; 0: never.</summary>
    [Range(0, 3600)]
    public int SilenceSeconds { get; init; } = 30;

    /// <summary>SIP URIs of other recorders that are fed with every segment of SIP Server in parallel, by SIPREC; none: only those that
    /// SIP Server names. With <c>;srtp=sdes</c> one is fed in SRTP, or not at all.</summary>
    public string[] Recorders { get; init; } = [];

    /// <summary>Folder of the announcements and music that MSML may have played; none: <c>prompts</c> in the data
    /// folder.</summary>
    public string? Prompts { get; init; }

    /// <summary>Free space on the spool's disk below which recordings are suspended, the lowest priority first.</summary>
    [Range(0, 1 << 20)]
    public int SpoolLowMiB { get; init; } = 512;

    /// <summary>Free space on the spool's disk below which nothing more is written.</summary>
    [Range(0, 1 << 20)]
    public int SpoolFloorMiB { get; init; } = 256;
}
