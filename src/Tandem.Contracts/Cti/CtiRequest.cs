using System.Text.Json.Serialization;

namespace Tandem.Contracts.Cti;

/// <summary>One request of a CTI client, a JSON object in one WebSocket text message. The answer repeats
/// <see cref="ReferenceID"/>: the event that the request caused, <c>EventACK</c>, or <c>EventError</c>.</summary>
public sealed record CtiRequest
{
    /// <summary>One of <see cref="CtiRequestNames"/>.</summary>
    [JsonPropertyName("Request")]
    public required string Name { get; init; }

    public required long ReferenceID { get; init; }
    public string? ThisDN { get; init; }
    public string? OtherDN { get; init; }
    public string? AgentID { get; init; }
    public string? ConnID { get; init; }

    /// <summary>The held call that a consultation completes into.</summary>
    public string? PreviousConnID { get; init; }

    public string? WorkMode { get; init; }
    public string? Reason { get; init; }

    /// <summary>Private service message, such as <c>GSIP_RECORD_PAUSE</c>.</summary>
    public string? Message { get; init; }

    public IReadOnlyDictionary<string, string>? UserData { get; init; }

    /// <summary>In OpenServer: every later event of each DN registered on this connection is replayed before its
    /// <c>EventRegistered</c>. Absent: nothing is replayed.</summary>
    public CtiPosition? After { get; init; }
}
