using System.Text.Json.Serialization;

namespace Tandem.SipServer.Configuration;

/// <summary>What a <see cref="RecordingRule"/> says, in the words of the <c>record</c> extension of <c>TRouteCall</c>.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RecordedSide>))]
internal enum RecordedSide
{
    [JsonStringEnumMemberName("source")]
    Source,

    [JsonStringEnumMemberName("destination")]
    Destination,

    [JsonStringEnumMemberName("disable_source")]
    DisableSource,

    [JsonStringEnumMemberName("disable_destination")]
    DisableDestination,
}
