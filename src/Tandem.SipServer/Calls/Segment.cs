namespace Tandem.SipServer.Calls;

/// <summary>A voice segment that MCP writes or was asked to write.</summary>
internal sealed class Segment
{
    /// <summary>Lower-case UUID; MCP's name for the recording dialog.</summary>
    public required string Id { get; init; }

    /// <summary>The DN on channel 1, whose stay this is.</summary>
    public required string Owner { get; init; }

    public string? Sharer { get; set; }

    /// <summary>GSIP_REC_FN.</summary>
    public required string File { get; init; }

    public SegmentState State { get; set; } = SegmentState.Starting;

    /// <summary>It was asked to begin paused: before MCP says so it is not told of.</summary>
    public bool StartsPaused { get; set; }

    /// <summary>Whose recording it is: one DN, of a consultation two.</summary>
    public string[] Dns => Sharer is null ? [Owner] : [Owner, Sharer];

    public bool Covers(string dn) => Owner == dn || Sharer == dn;
}
