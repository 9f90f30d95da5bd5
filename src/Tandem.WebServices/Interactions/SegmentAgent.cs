using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace Tandem.WebServices.Interactions;

/// <summary>Whose screens a segment goes with; both agents for a consultation.</summary>
[Table("SegmentAgents")]
[PrimaryKey(nameof(SegmentId), nameof(AgentId))]
[Index(nameof(AgentId))]
internal sealed class SegmentAgent
{
    public required string SegmentId { get; set; }
    public required string AgentId { get; set; }
    public required string Dn { get; set; }
}
