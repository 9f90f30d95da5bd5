using System.Text.Json.Serialization;

namespace Tandem.Contracts.Cti;

/// <summary>JSON of the CTI WebSocket: T-Library's own attribute names, enums as written, absent instead of null.</summary>
[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(IReadOnlyList<CtiEvent>))]
[JsonSerializable(typeof(CtiEvent[]))]
[JsonSerializable(typeof(CtiEvent))]
[JsonSerializable(typeof(CtiRequest))]
public sealed partial class CtiJson : JsonSerializerContext;
