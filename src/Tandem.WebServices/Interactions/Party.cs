using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace Tandem.WebServices.Interactions;

/// <summary>A DN that took part in an interaction.</summary>
[Table("Parties")]
[PrimaryKey(nameof(CallUuid), nameof(Dn))]
[Index(nameof(Dn), nameof(FirstUs))]
[Index(nameof(AgentId), nameof(FirstUs))]
internal sealed class Party
{
    public required string CallUuid { get; set; }
    public required string Dn { get; set; }
    public string? AgentId { get; set; }
    public string Name { get; set; } = "";
    /// <summary>agent or customer.</summary>
    public required string Role { get; set; }
    public long FirstUs { get; set; }
}
