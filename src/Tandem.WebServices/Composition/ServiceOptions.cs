using System.ComponentModel.DataAnnotations;

namespace Tandem.WebServices.Composition;

internal sealed record ServiceOptions
{
    [Required]
    public string Name { get; init; } = "";

    [Required, MinLength(16)]
    public string Token { get; init; } = "";
}
