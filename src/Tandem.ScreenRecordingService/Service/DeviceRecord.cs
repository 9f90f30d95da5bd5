using System.Text.Json.Serialization;

namespace Tandem.ScreenRecordingService.Service;

/// <summary>What enrolment gave; kept as <c>device.json</c> in the data folder.</summary>
/// <param name="IngestCertificate">PEM.</param>
internal sealed record DeviceRecord(string DeviceId, string ContactCenterId, string Server, string IngestCertificate);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(DeviceRecord))]
internal sealed partial class DeviceJson : JsonSerializerContext;
