using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace Tandem.WebServices.Users;

/// <summary>A signed-in browser; the cookie itself is not stored.</summary>
[Table("Sessions")]
[PrimaryKey(nameof(TokenHash))]
[Index(nameof(UserName))]
internal sealed class UserSession
{
    /// <summary>Lower-case hex SHA-256 of the cookie.</summary>
    public required string TokenHash { get; set; }
    public required string UserName { get; set; }
    public required string CsrfToken { get; set; }
    public long CreatedUs { get; set; }
    public long ExpiresUs { get; set; }
}
