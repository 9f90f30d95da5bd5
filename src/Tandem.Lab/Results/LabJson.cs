using System.Text.Json.Serialization;

namespace Tandem.Lab.Results;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SimResult))]
public sealed partial class LabJson : JsonSerializerContext;
