using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace Tandem.WebServices.Audit;

/// <summary>One line of the append-only, hash-chained audit log.</summary>
[Table("Audit")]
[PrimaryKey(nameof(Number))]
[Index(nameof(TimeUs))]
internal sealed class AuditEntry
{
    [DatabaseGenerated(DatabaseGeneratedOption.None)]
    public long Number { get; set; }
    public long TimeUs { get; set; }
    public required string Actor { get; set; }
    public required string Action { get; set; }
    public string Target { get; set; } = "";
    public string Detail { get; set; } = "";
    public required string PreviousHash { get; set; }
    /// <summary>Lower-case hex SHA-256 over the line and <see cref="PreviousHash"/>.</summary>
    public required string Hash { get; set; }
}
