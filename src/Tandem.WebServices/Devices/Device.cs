using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;
using Tandem.WebServices.Store;

namespace Tandem.WebServices.Devices;

/// <summary>An enrolled agent PC.</summary>
[Table("Devices")]
[PrimaryKey(nameof(DeviceId))]
internal sealed class Device : IVersioned
{
    public required string DeviceId { get; set; }
    /// <summary>ECDSA P-256 SubjectPublicKeyInfo, base64.</summary>
    public required string PublicKey { get; set; }
    public required string HostName { get; set; }
    public required string SoftwareVersion { get; set; }
    public long EnrolledUs { get; set; }
    public long? RevokedUs { get; set; }

    [ConcurrencyCheck]
    public long Version { get; set; }
}
