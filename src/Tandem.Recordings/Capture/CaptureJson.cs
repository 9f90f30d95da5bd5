using System.Text.Json.Serialization;

namespace Tandem.Recordings.Capture;

/// <summary>How <see cref="AgentCapture"/> is stored.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(AgentCapture))]
public sealed partial class CaptureJson : JsonSerializerContext;
