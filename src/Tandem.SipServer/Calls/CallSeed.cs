using Tandem.Contracts.Cti;

namespace Tandem.SipServer.Calls;

/// <summary>What is known of a call when it begins.</summary>
/// <param name="Ani">The caller's number.</param>
/// <param name="Dnis">The number dialled.</param>
/// <param name="ConsultationOf">ConnID of the call it consults about.</param>
internal sealed record CallSeed(CallType Type, string Ani, string Dnis, string? ConsultationOf = null)
{
    /// <summary>Name of the trunk by which it came or goes, or null.</summary>
    public string? Trunk { get; init; }
}
