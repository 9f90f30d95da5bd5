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

    /// <summary>Customers, 1 or 2.</summary>
    public int Customers { get; init; } = 1;

    /// <summary>The roles of each process, such as <c>sip,mcp</c> and <c>web</c>, in the order in which they start.</summary>
    public IReadOnlyList<string> Processes { get; init; } = ["sip,mcp,web"];

    /// <summary>How long a phone may ring, s; null: the server's default.</summary>
    public int? RingSeconds { get; init; }

    /// <summary>False where no SRS is to be there.</summary>
    public bool ScreenServices { get; init; } = true;

    /// <summary>Every desk has two monitors side by side, and each is recorded as a track of its own.</summary>
    public bool TwoMonitors { get; init; }

    public Impairment? Impairment { get; init; }
}
