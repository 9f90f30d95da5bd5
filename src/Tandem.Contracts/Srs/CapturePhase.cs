using System.Text.Json.Serialization;

namespace Tandem.Contracts.Srs;

[JsonConverter(typeof(CamelCaseEnumConverter<CapturePhase>))]
public enum CapturePhase { Idle, Starting, Recording, Paused, Failed }
