using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace Tandem.WebServices.Cti;

/// <summary>How far a CTI source has been followed.</summary>
[Table("CtiPositions")]
[PrimaryKey(nameof(SourceUri), nameof(Dn))]
internal sealed class CtiPositionRow
{
    public required string SourceUri { get; set; }
    /// <summary>Empty: all DNs have been followed up to here. Else: this DN has, which counts where it is further.</summary>
    public required string Dn { get; set; }
    public required string Source { get; set; }
    public long Epoch { get; set; }
    public long Number { get; set; }
}
