using System.ComponentModel.DataAnnotations;

namespace Tandem.WebServices.Composition;

internal sealed record VaultOptions
{
    [RegularExpression("^(file)$")]
    public string Driver { get; init; } = "file";
}
