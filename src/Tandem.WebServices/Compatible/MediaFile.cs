using System.Text.Json.Serialization;

namespace Tandem.WebServices.Compatible;

/// <summary>One voice segment or screen of a recording, with the keys that Genesys uses; <c>duration</c> is in milliseconds, as in its documentation.</summary>
internal sealed record MediaFile(
    string MediaUri,
    string MediaPath,
    string PlayPath,
    string StartTime,
    string? StopTime,
    [property: JsonPropertyName("callUUID")] string CallUuid,
    string MediaId,
    string Type,
    string Duration,
    IReadOnlyList<MediaMask> Masks,
    IReadOnlyDictionary<string, string> Parameters);
