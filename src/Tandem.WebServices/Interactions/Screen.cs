using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;
using Tandem.WebServices.Store;

namespace Tandem.WebServices.Interactions;

/// <summary>A screen capture.</summary>
[Table("Screens")]
[PrimaryKey(nameof(CaptureId))]
[Index(nameof(AgentId), nameof(StartUs))]
[Index(nameof(InteractionId))]
[Index(nameof(PrimaryCallUuid))]
internal sealed class Screen : IVersioned
{
    public required string CaptureId { get; set; }
    public required string AgentId { get; set; }
    public required string DeviceId { get; set; }
    /// <summary>Non-voice: its interaction. Else null.</summary>
    public string? InteractionId { get; set; }
    public string? PrimaryCallUuid { get; set; }
    public string? PrimarySegmentId { get; set; }
    public long StartUs { get; set; }
    public long? StopUs { get; set; }
    /// <summary>When the last call that it covers was released.</summary>
    public long? CallsEndedUs { get; set; }
    public bool AfterCallWork { get; set; }
    public string? EndReason { get; set; }
    /// <summary>recording, uploading, available or missing.</summary>
    public required string State { get; set; }
    public string? Problem { get; set; }
    /// <summary>The PC reported its first frame.</summary>
    public bool Confirmed { get; set; }
    /// <summary>JSON of ScreenCaptureReport.</summary>
    public string? ReportJson { get; set; }

    [ConcurrencyCheck]
    public long Version { get; set; }
}
