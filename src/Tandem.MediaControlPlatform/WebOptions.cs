using System.ComponentModel.DataAnnotations;

namespace Tandem.MediaControlPlatform;

/// <summary>Where recordings are delivered.</summary>
internal sealed record WebOptions
{
    /// <summary>Root of the web role, such as <c>http://127.0.0.1:8080</c>.</summary>
    [Required]
    public Uri? Uri { get; init; }

    /// <summary>Bearer token, as the web role's <c>services</c> has it.</summary>
    [Required]
    public string Token { get; init; } = "";
}
