using System.Text.Json.Serialization;
using Tandem.Contracts;
using Tandem.Contracts.Uploads;

namespace Tandem.Safekeeping.Proof;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(CamelCaseEnumConverter<StreamKind>)])]
[JsonSerializable(typeof(Manifest))]
[JsonSerializable(typeof(LedgerEntry))]
public sealed partial class ProofJson : JsonSerializerContext;
