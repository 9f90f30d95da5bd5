using Tandem.Sip.Headers;

namespace Tandem.SipServer.Control;

/// <summary>Whom to ring, and how the call shows itself there.</summary>
/// <param name="Dn">The party being called.</param>
/// <param name="Local">It is provisioned here.</param>
/// <param name="Targets">Its phones, all rung at once; the first to answer has the call.</param>
internal sealed record RingPlan(string Dn, bool Local, IReadOnlyList<RingTarget> Targets, NameAddress From)
{
    /// <summary>Name of the trunk that it goes to, or null.</summary>
    public string? Trunk { get; init; }

    /// <summary>How long it rings; null: as long as any called party.</summary>
    public int? RingSeconds { get; init; }

    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];
}
