using System.ComponentModel.DataAnnotations;

namespace Tandem.MediaControlPlatform;

/// <summary>A program that may follow the SIPREC sessions.</summary>
internal sealed record CtiClientOptions
{
    [Required]
    public string Name { get; init; } = "";

    [Required, MinLength(16)]
    public string Token { get; init; } = "";
}
