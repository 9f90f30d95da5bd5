using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace Tandem.WebServices.Interactions;

/// <summary>The CTI history of an interaction.</summary>
[Table("CallEvents")]
[PrimaryKey(nameof(Source), nameof(Epoch), nameof(Number))]
[Index(nameof(CallUuid))]
internal sealed class CallEvent
{
    public required string Source { get; set; }
    public long Epoch { get; set; }
    public long Number { get; set; }
    public required string CallUuid { get; set; }
    public long TimeUs { get; set; }
    public required string Name { get; set; }
    public string? Dn { get; set; }
    public string? OtherDn { get; set; }
    public string? Detail { get; set; }
}
