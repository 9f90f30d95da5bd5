using System.Text.Json.Serialization;
using Tandem.Contracts;
using Tandem.Contracts.Uploads;

namespace Tandem.Safekeeping.Spooling;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(CamelCaseEnumConverter<StreamKind>), typeof(CamelCaseEnumConverter<SpoolStreamState>)])]
[JsonSerializable(typeof(SpoolEntry))]
[JsonSerializable(typeof(SpoolReportFile))]
internal sealed partial class SpoolJson : JsonSerializerContext;
