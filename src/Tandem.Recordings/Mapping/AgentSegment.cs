namespace Tandem.Recordings.Mapping;

/// <summary>A voice segment that belongs to the agent, UTC microseconds.</summary>
public sealed record AgentSegment(string SegmentId, string CallUuid, long StartUs, long StopUs);
