using System.ComponentModel.DataAnnotations;

namespace Tandem.SipServer.Configuration;

/// <summary>One Media Control Platform.</summary>
internal sealed record McpAddress
{
    /// <summary>IP address or host name.</summary>
    [Required, StringLength(253, MinimumLength = 1)]
    public string Host { get; init; } = "";

    [Range(1, 65535)]
    public int Port { get; init; } = 5070;

    /// <summary><see cref="Port"/> is its port of SIP over TLS.</summary>
    public bool Tls { get; init; }
}
