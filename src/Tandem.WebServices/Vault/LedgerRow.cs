using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace Tandem.WebServices.Vault;

/// <summary>The database's copy of a line of the vault's ledger: a second witness against a ledger cut short.</summary>
[Table("Ledger")]
[PrimaryKey(nameof(ContactCenterId), nameof(Number))]
[Index(nameof(RecordingId))]
internal sealed class LedgerRow
{
    public required string ContactCenterId { get; set; }

    [DatabaseGenerated(DatabaseGeneratedOption.None)]
    public long Number { get; set; }
    public required string RecordingId { get; set; }
    public required string Folder { get; set; }
    public required string ManifestSha256 { get; set; }
    public required string Hash { get; set; }
}
