namespace Tandem.Recordings.Policy;

/// <summary>When an agent's screen is recorded: the meaning of <c>recordingWhen</c> and its companions
/// (reference/genesys.md §2). Voice: with every voice recording unless <see cref="Off"/>. Non-voice: when there are
/// conditions and all hold.</summary>
public sealed record RecordingPolicy
{
    public static readonly RecordingPolicy Default = new();

    /// <summary>The screen is never recorded.</summary>
    public bool Off { get; init; }

    /// <summary>All must hold for a non-voice capture; none: no non-voice capture.</summary>
    public IReadOnlyList<PolicyCondition> Conditions { get; init; } = [];

    /// <summary>Whether a capture goes on through after-call work.</summary>
    public bool RecordAfterCallWork { get; init; }

    /// <summary>A capture that lasts longer is split.</summary>
    public long MaximumDurationUs { get; init; } = TimeSpan.FromMinutes(180).Ticks / TimeSpan.TicksPerMicrosecond;

    public bool RecordsNonVoice => !Off && Conditions.Count > 0;
}
