using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace Tandem.WebServices.Interactions;

/// <summary>What should have been recorded and was not.</summary>
[Table("Missing")]
[PrimaryKey(nameof(CallUuid), nameof(AgentId), nameof(What))]
internal sealed class MissingRow
{
    public required string CallUuid { get; set; }
    public required string AgentId { get; set; }
    /// <summary>screen or voice.</summary>
    public required string What { get; set; }
    public required string Why { get; set; }
    public long AtUs { get; set; }
}
