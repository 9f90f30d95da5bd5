using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace Tandem.WebServices.Interactions;

/// <summary>A label that recordings may bear.</summary>
[Table("LabelDefinitions")]
[PrimaryKey(nameof(Name))]
internal sealed class LabelDefinition
{
    /// <summary>ASCII, case-sensitive, not starting with two underscores.</summary>
    public required string Name { get; set; }

    public string DisplayName { get; set; } = "";

    public string Description { get; set; } = "";
}
