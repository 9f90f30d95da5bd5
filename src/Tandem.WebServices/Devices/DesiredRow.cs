using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;
using Tandem.WebServices.Store;

namespace Tandem.WebServices.Devices;

/// <summary>The newest command for a PC; a higher revision replaces a lower one.</summary>
[Table("SrsOutbox")]
[PrimaryKey(nameof(DeviceId))]
internal sealed class DesiredRow : IVersioned
{
    public required string DeviceId { get; set; }
    public long Revision { get; set; }
    /// <summary>JSON of DesiredState.</summary>
    public required string Json { get; set; }
    public long UpdatedUs { get; set; }
    /// <summary>The newest revision that the PC has reported back.</summary>
    public long TakenRevision { get; set; }

    [ConcurrencyCheck]
    public long Version { get; set; }
}
