using System.Text.Json.Serialization;
using Tandem.Contracts.Cti;
using Tandem.Contracts.Media;
using Tandem.Contracts.Srs;
using Tandem.Contracts.Uploads;

namespace Tandem.Contracts;

/// <summary>JSON of everything but CTI: camelCase names and enums, absent instead of null, unknown keys ignored so that
/// an older peer understands a newer one.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SrsMessage))]
[JsonSerializable(typeof(LivePart))]
[JsonSerializable(typeof(EnrolRequest))]
[JsonSerializable(typeof(EnrolReply))]
[JsonSerializable(typeof(SignInRequest))]
[JsonSerializable(typeof(SignInReply))]
[JsonSerializable(typeof(StreamSidecar))]
[JsonSerializable(typeof(VoiceSegmentReport))]
[JsonSerializable(typeof(ScreenCaptureReport))]
public sealed partial class ContractsJson : JsonSerializerContext;
