using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;
using Tandem.WebServices.Store;

namespace Tandem.WebServices.Interactions;

/// <summary>A call, or a stretch of work without one.</summary>
[Table("Interactions")]
[PrimaryKey(nameof(CallUuid))]
[Index(nameof(StartUs))]
[Index(nameof(Recorded), nameof(StartUs))]
internal sealed class Interaction : IVersioned
{
    /// <summary>CallUUID; a UUID of its own for non-voice.</summary>
    public required string CallUuid { get; set; }
    /// <summary>voice or non-voice.</summary>
    public required string Kind { get; set; }
    public string CallType { get; set; } = "";
    public long StartUs { get; set; }
    public long? StopUs { get; set; }
    public string? Ani { get; set; }
    public string? Dnis { get; set; }
    /// <summary>Something of it was recorded or should have been.</summary>
    public bool Recorded { get; set; }
    public bool NonDelete { get; set; }
    /// <summary>Comma-separated names, with a comma before and after each.</summary>
    public string Labels { get; set; } = "";
    public int Shard { get; set; }
    public long Epoch { get; set; }

    [ConcurrencyCheck]
    public long Version { get; set; }
}
