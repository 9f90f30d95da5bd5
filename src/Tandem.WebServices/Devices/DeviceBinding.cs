using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace Tandem.WebServices.Devices;

/// <summary>An agent signed in at a PC.</summary>
[Table("DeviceBindings")]
[PrimaryKey(nameof(SessionId))]
[Index(nameof(DeviceId))]
[Index(nameof(AgentId))]
internal sealed class DeviceBinding
{
    public required string SessionId { get; set; }
    public required string DeviceId { get; set; }
    public required string AgentId { get; set; }
    public string? Place { get; set; }
    public long StartUs { get; set; }
    public long? StopUs { get; set; }
}
