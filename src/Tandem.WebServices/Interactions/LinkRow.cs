using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace Tandem.WebServices.Interactions;

/// <summary>A stretch of a screen beside a segment.</summary>
[Table("Links")]
[PrimaryKey(nameof(ScreenId), nameof(Ordinal))]
[Index(nameof(CallUuid))]
internal sealed class LinkRow
{
    public required string ScreenId { get; set; }
    public int Ordinal { get; set; }
    public required string CallUuid { get; set; }
    public string? SegmentId { get; set; }
    public long ScreenOffsetMs { get; set; }
    public long? SegmentOffsetMs { get; set; }
    public long LengthMs { get; set; }
    /// <summary>primary, overlap or acw.</summary>
    public required string Relation { get; set; }
}
