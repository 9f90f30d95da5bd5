using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;
using Tandem.WebServices.Store;

namespace Tandem.WebServices.Agents;

/// <summary>A provisioned agent.</summary>
[Table("Agents")]
[PrimaryKey(nameof(AgentId))]
[Index(nameof(Dn))]
internal sealed class Agent : IVersioned
{
    public required string AgentId { get; set; }
    public required string UserName { get; set; }
    public string FirstName { get; set; } = "";
    public string LastName { get; set; } = "";
    public string? Dn { get; set; }
    /// <summary>Null: as the cluster says.</summary>
    public string? RecordingWhen { get; set; }
    public bool? RecordAfterCallWork { get; set; }
    public int Shard { get; set; }
    public long Epoch { get; set; }

    [ConcurrencyCheck]
    public long Version { get; set; }
}
