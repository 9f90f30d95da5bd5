using System.Text.Json.Serialization;

namespace Tandem.Contracts.Cti;

/// <summary>One T-Library event about <see cref="ThisDN"/>. On the wire a WebSocket text message is a JSON array of
/// events: one batch, to be judged as a whole (a completed transfer or conference is one batch,
/// <see cref="CtiEventNames.PartyChanged"/> first). Absent attributes are left out.</summary>
public sealed record CtiEvent
{
    /// <summary>One of <see cref="CtiEventNames"/>.</summary>
    [JsonPropertyName("Event")]
    public required string Name { get; init; }

    /// <summary>Null only in an answer to one client's request, which is not part of the log.</summary>
    public CtiPosition? Position { get; init; }

    public required DateTimeOffset Time { get; init; }

    public string? ThisDN { get; init; }
    public string? OtherDN { get; init; }
    public string? ThirdPartyDN { get; init; }
    public string? AgentID { get; init; }

    /// <summary>16 hexadecimal digits, shared by the parties of one call.</summary>
    public string? ConnID { get; init; }

    /// <summary>Names the consultation that merged into <see cref="ConnID"/>.</summary>
    public string? PreviousConnID { get; init; }

    /// <summary>32 characters, survives transfers.</summary>
    public string? CallUUID { get; init; }

    public CallType? CallType { get; init; }
    public CallState? CallState { get; init; }
    public IReadOnlyDictionary<string, string>? UserData { get; init; }

    /// <summary>Only in <see cref="CtiEventNames.Recording"/>: the recording of ThisDN.</summary>
    public RecordingReport? Recording { get; init; }

    /// <summary>In agent state events: <c>AfterCallWork</c> or absent.</summary>
    public string? WorkMode { get; init; }

    /// <summary>With <see cref="WorkMode"/>: when after-call work that began by itself ends by itself; absent where only the
    /// agent ends it.</summary>
    public DateTimeOffset? WorkUntil { get; init; }

    /// <summary>Not-ready reason, release cause, or why an error came.</summary>
    public string? Reason { get; init; }

    /// <summary>The request this answers.</summary>
    public long? ReferenceID { get; init; }

    /// <summary>Only in <see cref="CtiEventNames.Error"/>: one of the source's closed list.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>Only in <see cref="CtiEventNames.Registered"/>.</summary>
    public DnSnapshot? Snapshot { get; init; }
}
