using System.Text.Json.Serialization;

namespace Tandem.Contracts.Media;

/// <summary>Why a capture or segment ended. Closed list; on the wire in camelCase.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<EndReason>))]
public enum EndReason
{
    /// <summary>The call was released, or the recorded DN left it.</summary>
    CallEnded,
    AfterCallWorkEnded,
    /// <summary>A new call began, which has a capture of its own.</summary>
    NextCall,
    StateEnded,
    Stopped,
    MaximumDuration,
    SignedOut,
    DesktopLost,
    ServerLost,
    DisplayLost,
    DiskFull,
    /// <summary>The disk refused otherwise than for want of room.</summary>
    SpoolFailed,
    EncoderFailed,
    ShutDown,
    /// <summary>The recorder died; the stream is playable to its last whole record.</summary>
    Truncated,
}
