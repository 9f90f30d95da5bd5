using System.Text.Json.Serialization;
using Tandem.Contracts;
using Tandem.Contracts.Uploads;

namespace Tandem.WebServices.Uploads;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(CamelCaseEnumConverter<StreamKind>)])]
[JsonSerializable(typeof(UploadRecord))]
internal sealed partial class UploadJson : JsonSerializerContext;
