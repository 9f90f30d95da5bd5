using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace Tandem.WebServices.Vault;

/// <summary>A sealed stream in the vault.</summary>
[Table("StoredStreams")]
[PrimaryKey(nameof(StreamId))]
[Index(nameof(OwnerId))]
internal sealed class StoredStream
{
    public required string StreamId { get; set; }

    /// <summary>Segment or capture id.</summary>
    public required string OwnerId { get; set; }
    public required string MediaType { get; set; }
    public int? Rate { get; set; }
    public long StartUs { get; set; }

    /// <summary>In the vault, as <see cref="VaultFolder"/> made it.</summary>
    public required string Folder { get; set; }

    /// <summary>complete, truncated or damaged.</summary>
    public required string State { get; set; }
    public long SealedBytes { get; set; }
    public long PlaintextBytes { get; set; }
    public long Records { get; set; }

    /// <summary>Lower-case hex SHA-256 over the record digests, as the recorder computed it.</summary>
    public required string Digest { get; set; }

    /// <summary>Lower-case hex SHA-256 of the object.</summary>
    public required string Sha256 { get; set; }

    /// <summary>Lower-case hex SHA-256 of its index object.</summary>
    public required string IndexSha256 { get; set; }
    public long StoredUs { get; set; }
}
