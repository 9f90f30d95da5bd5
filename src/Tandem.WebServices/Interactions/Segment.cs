using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;
using Tandem.WebServices.Store;

namespace Tandem.WebServices.Interactions;

/// <summary>One recorded DN's stay in a call.</summary>
[Table("Segments")]
[PrimaryKey(nameof(SegmentId))]
[Index(nameof(CallUuid))]
[Index(nameof(StartUs))]
internal sealed class Segment : IVersioned
{
    public required string SegmentId { get; set; }
    public required string CallUuid { get; set; }
    public required string ConnId { get; set; }
    /// <summary>On channel 1.</summary>
    public required string Dn { get; set; }
    /// <summary>On channel 2, comma-separated in the order of joining.</summary>
    public string OtherDns { get; set; } = "";
    public long StartUs { get; set; }
    public long? StopUs { get; set; }
    public string? EndReason { get; set; }
    /// <summary>recording, uploading, available or missing.</summary>
    public required string State { get; set; }
    /// <summary>JSON of VoiceSegmentReport.</summary>
    public string? ReportJson { get; set; }

    [ConcurrencyCheck]
    public long Version { get; set; }
}
