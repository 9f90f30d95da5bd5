using Tandem.Lab.Network;

namespace Tandem.Lab.World;

/// <summary>How a simulated world is to be set up.</summary>
public sealed record WorldOptions
{
    public required int Agents { get; init; }

    /// <summary>The server's data folder, new or empty.</summary>
    public required string DataFolder { get; init; }

    public required ServerAddresses Addresses { get; init; }

    public bool FullTime { get; init; } = true;
    public bool RecordAfterCallWork { get; init; }
    public string? RecordingWhen { get; init; }

    /// <summary>RWS in a process of its own, so that it can be stopped.</summary>
    public bool SplitRoles { get; init; }

    /// <summary>False where no SRS is to be there.</summary>
    public bool ScreenServices { get; init; } = true;

    public Impairment? Impairment { get; init; }
}
