namespace Tandem.SipServer.Configuration;

/// <summary>The whole of <c>configuration.json</c>. Never changed: a change is a new one.</summary>
internal sealed record StoredConfiguration
{
    // The generated reader gives init properties that are missing in the file the type's default, not the one here: those
    // that older files lack are set.
    public string Realm { get; init; } = "";
    public Dictionary<string, DnSettings> Dns { get; init; } = [];
    public Dictionary<string, TrunkSettings> Trunks { get; init; } = [];
    public Dictionary<string, GroupSettings> Groups { get; set; } = [];

    /// <summary>In the order in which they are tried.</summary>
    public IReadOnlyList<RecordingRule> RecordingRules { get; set; } = [];
}
