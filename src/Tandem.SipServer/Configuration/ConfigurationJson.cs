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
internal sealed partial class ConfigurationJson : JsonSerializerContext;
