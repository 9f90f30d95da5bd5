using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;
using Tandem.WebServices.Store;

namespace Tandem.WebServices.Agents;

/// <summary>What must survive a restart of an agent at work.</summary>
[Table("AgentDesks")]
[PrimaryKey(nameof(AgentId))]
internal sealed class AgentDeskRow : IVersioned
{
    public required string AgentId { get; set; }
    /// <summary>The rule's state, JSON of Recordings' AgentCapture.</summary>
    public required string CaptureJson { get; set; }
    /// <summary>The capture that is wanted now.</summary>
    public string? CaptureId { get; set; }
    /// <summary>The device of the latest sign-in.</summary>
    public string? DeviceId { get; set; }
    public string? SessionId { get; set; }
    /// <summary>The DN in use: provisioned, or told by the desktop.</summary>
    public string? Dn { get; set; }
    /// <summary>Signed in for contacts, so the DN is followed.</summary>
    public bool AtWork { get; set; }
    public int Shard { get; set; }
    public long Epoch { get; set; }

    [ConcurrencyCheck]
    public long Version { get; set; }
}
