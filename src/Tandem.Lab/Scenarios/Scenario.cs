namespace Tandem.Lab.Scenarios;

/// <summary>A story that the lab can play, and what must come of it.</summary>
public sealed record Scenario(string Name, string Summary)
{
    public required int Agents { get; init; }
    public required IReadOnlyList<ScenarioStep> Steps { get; init; }
    public required IReadOnlyList<ExpectedSegment> Segments { get; init; }
    public required IReadOnlyList<ExpectedLink> Links { get; init; }

    /// <summary>Agents whose screen goes on through after-call work.</summary>
    public bool RecordAfterCallWork { get; init; }

    /// <summary>Agents' own <c>recordingWhen</c>; null: the cluster's.</summary>
    public string? RecordingWhen { get; init; }

    /// <summary>False where calls are recorded only when asked for.</summary>
    public bool FullTime { get; init; } = true;

    /// <summary>Every party speaks all the time in every segment, and every screen shows the clock in every frame.</summary>
    public bool Steady { get; init; }

    /// <summary>How long a phone may ring, s; null: the server's default.</summary>
    public int? RingSeconds { get; init; }

    /// <summary>How many customers call.</summary>
    public int Customers => Steps.Any(step => step.Who == World.Parties.SecondCustomer) ? 2 : 1;

    /// <summary>The roles of each process of the server: one that is stopped has its own.</summary>
    public IReadOnlyList<string> Processes =>
        Steps.Any(step => step.Kind is StepKind.StopWeb or StepKind.KillWeb) ? ["sip,mcp", "web"]
        : LosesMedia ? ["sip,web", "mcp"]
        : ["sip,mcp,web"];

    /// <summary>What the phones hear is interrupted on purpose.</summary>
    public bool LosesMedia => Steps.Any(step => step.Kind is StepKind.KillMcp);

    /// <summary>How many screens must come of it.</summary>
    public int Screens => Links.Select(link => (link.Agent, link.Screen)).Distinct().Count();
}
