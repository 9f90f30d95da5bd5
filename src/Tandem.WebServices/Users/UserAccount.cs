using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;
using Tandem.WebServices.Store;

namespace Tandem.WebServices.Users;

/// <summary>A person who may sign in.</summary>
[Table("Users")]
[PrimaryKey(nameof(UserName))]
internal sealed class UserAccount : IVersioned
{
    /// <summary>Compared without case; kept in lower case.</summary>
    public required string UserName { get; set; }
    /// <summary>See the passwords of this folder.</summary>
    public required string PasswordHash { get; set; }
    /// <summary>Comma-separated: agent, supervisor, administrator.</summary>
    public required string Roles { get; set; }
    public string? AgentId { get; set; }
    public int FailedSignIns { get; set; }
    public long? LockedUntilUs { get; set; }

    [ConcurrencyCheck]
    public long Version { get; set; }
}
