using System.Text.Json.Serialization;

namespace Tandem.Contracts.Uploads;

[JsonConverter(typeof(CamelCaseEnumConverter<StreamKind>))]
public enum StreamKind { Voice, Screen }
