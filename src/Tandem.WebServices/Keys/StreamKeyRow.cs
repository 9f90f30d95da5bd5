using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace Tandem.WebServices.Keys;

/// <summary>A stream's key, wrapped. Without its rows a recording cannot be opened anywhere: deleting them erases it.</summary>
[Table("StreamKeys")]
[PrimaryKey(nameof(StreamId), nameof(Certificate))]
internal sealed class StreamKeyRow
{
    public required string StreamId { get; set; }

    /// <summary>Lower-case hex SHA-256 of the certificate that it is wrapped for.</summary>
    public required string Certificate { get; set; }

    /// <summary>CMS EnvelopedData, base64.</summary>
    public required string Wrapped { get; set; }
}
