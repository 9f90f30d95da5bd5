using System.Collections.Concurrent;

namespace Tandem.MediaControlPlatform.Tests.Matrix;

/// <summary>What a segment must hold, told by what was done on the stage, not by the recorder. Times are UTC microseconds.</summary>
internal sealed class StagedSegment(string agent, string conferenceId, long startUtcUs)
{
    public string Id { get; } = Guid.NewGuid().ToString();

    public string Agent => agent;

    public string ConferenceId => conferenceId;

    public long StartUtcUs => startUtcUs;

    /// <summary><see cref="long.MaxValue"/> while it runs.</summary>
    public long StopUtcUs { get; set; } = long.MaxValue;

    /// <summary>The agent is still there when it ends.</summary>
    public bool IsStoppedByRequest { get; set; }

    public List<VoiceSpan> Spans { get; } = [];

    /// <summary>Who is on hold from when to when.</summary>
    public List<VoiceSpan> Holds { get; } = [];

    public List<(long FromUtcUs, long ToUtcUs)> Pauses { get; } = [];

    public bool IsPaused => Pauses is [.., { ToUtcUs: long.MaxValue }];

    /// <summary>The MSML events that its events must be.</summary>
    public List<string> Expected { get; } = [];

    /// <summary>Those that were told.</summary>
    public ConcurrentQueue<string> Told { get; } = new();
}
