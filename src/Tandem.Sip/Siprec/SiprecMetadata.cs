namespace Tandem.Sip.Siprec;

/// <summary>Recording metadata (RFC 7865), reduced to what a recorder needs.</summary>
public sealed record SiprecMetadata
{
    /// <summary>True for a snapshot of everything, false for a change (datamode partial).</summary>
    public bool IsComplete { get; init; } = true;

    /// <summary>The communication sessions (calls) being recorded.</summary>
    public IReadOnlyList<SiprecSession> Sessions { get; init; } = [];

    /// <summary>Who takes part.</summary>
    public IReadOnlyList<SiprecParticipant> Participants { get; init; } = [];

    /// <summary>The media streams.</summary>
    public IReadOnlyList<SiprecStream> Streams { get; init; } = [];
}
