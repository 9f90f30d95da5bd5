using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;
using Tandem.WebServices.Store;

namespace Tandem.WebServices.Devices;

/// <summary>Lets the agent of a workspace page sign in at the PC it runs on, once.</summary>
[Table("PairingTokens")]
[PrimaryKey(nameof(TokenHash))]
internal sealed class PairingToken : IVersioned
{
    public required string TokenHash { get; set; }
    public required string AgentId { get; set; }
    public required string UserName { get; set; }
    public long ExpiresUs { get; set; }
    public long? UsedUs { get; set; }

    [ConcurrencyCheck]
    public long Version { get; set; }
}
