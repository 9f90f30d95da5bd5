namespace Tandem.SipServer.Configuration;

/// <summary>The whole of <c>configuration.json</c>.</summary>
internal sealed record StoredConfiguration
{
    public string Realm { get; init; } = "";
    public Dictionary<string, DnSettings> Dns { get; init; } = [];
    public Dictionary<string, TrunkSettings> Trunks { get; init; } = [];
}
