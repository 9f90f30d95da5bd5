using System.ComponentModel.DataAnnotations;

namespace Tandem.WebServices.Composition;

/// <summary>A SIP Server or MCP whose events RWS follows.</summary>
internal sealed record CtiSourceOptions
{
    /// <summary><c>ws://host:port/cti/v1</c>.</summary>
    [Required]
    public Uri? Uri { get; init; }

    [Required]
    public string Token { get; init; } = "";
}
