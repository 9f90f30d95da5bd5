using System.Text.Json.Serialization;

namespace Tandem.SipServer.Configuration;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true)]
[JsonSerializable(typeof(StoredConfiguration))]
[JsonSerializable(typeof(DnInput))]
[JsonSerializable(typeof(DnView))]
[JsonSerializable(typeof(IReadOnlyList<DnView>))]
[JsonSerializable(typeof(TrunkSettings))]
[JsonSerializable(typeof(Dictionary<string, TrunkSettings>))]
[JsonSerializable(typeof(GroupSettings))]
[JsonSerializable(typeof(Dictionary<string, GroupSettings>))]
[JsonSerializable(typeof(IReadOnlyList<RecordingRule>))]
[JsonSerializable(typeof(Provisioning))]
internal sealed partial class ConfigurationJson : JsonSerializerContext;
