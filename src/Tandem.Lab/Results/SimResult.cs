using System.Text.Json.Serialization;

namespace Tandem.Lab.Results;

/// <summary>What a simulation found: the one JSON object on the last line of
/// standard output. Times are ISO 8601 UTC with milliseconds; files are relative to the output folder.</summary>
public sealed record SimResult
{
    public required string Scenario { get; init; }

    /// <summary>Whether mapping, tones, squares and synchrony are as the scenario says.</summary>
    public required bool Ok { get; init; }

    public required IReadOnlyList<SimInteraction> Interactions { get; init; }
    public required IReadOnlyList<SimScreen> Screens { get; init; }
    public required IReadOnlyList<SimLink> Links { get; init; }
    public required SimTimings Timings { get; init; }

    /// <summary>Screen minus voice, from the media alone; positive: the picture comes late.</summary>
    public required double? SkewMs { get; init; }

    /// <summary>Why not ok, one sentence each; left out when ok.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Problems { get; init; }

    internal SimResult With(IReadOnlyList<string> problems) =>
        problems.Count == 0 ? this : this with { Ok = false, Problems = [.. Problems ?? [], .. problems] };
}
