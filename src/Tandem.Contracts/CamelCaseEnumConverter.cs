using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tandem.Contracts;

/// <summary>Writes <c>CallEnded</c> as <c>"callEnded"</c>; numbers are refused.</summary>
public sealed class CamelCaseEnumConverter<TEnum>()
    : JsonStringEnumConverter<TEnum>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where TEnum : struct, Enum;
