using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;
using Tandem.WebServices.Store;

namespace Tandem.WebServices.Devices;

/// <summary>Lets one PC enrol once.</summary>
[Table("EnrolmentTokens")]
[PrimaryKey(nameof(TokenHash))]
internal sealed class EnrolmentToken : IVersioned
{
    public required string TokenHash { get; set; }
    public required string CreatedBy { get; set; }
    public long CreatedUs { get; set; }
    public long ExpiresUs { get; set; }
    public long? UsedUs { get; set; }

    [ConcurrencyCheck]
    public long Version { get; set; }
}
