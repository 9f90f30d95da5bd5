namespace Tandem.SipServer.Configuration;

/// <summary>The whole of <c>configuration.json</c>. Never changed: a change is a new one.</summary>
internal sealed record StoredConfiguration
{
    public string Realm { get; init; } = "";
    public Dictionary<string, DnSettings> Dns { get; init; } = [];
    public Dictionary<string, TrunkSettings> Trunks { get; init; } = [];
    public Dictionary<string, GroupSettings> Groups { get; init; } = [];

    /// <summary>In the order in which they are tried.</summary>
    public IReadOnlyList<RecordingRule> RecordingRules { get; init; } = [];
}
