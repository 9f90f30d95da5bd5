using Tandem.Contracts.Cti;

namespace Tandem.WebServices.Desks;

/// <summary>A call as the agent's DN sees it now.</summary>
/// <param name="State">Ringing, Dialing, Established or Held.</param>
/// <param name="Source">The CTI source that told of it.</param>
internal sealed record LiveCall(
    string ConnId, string CallUuid, string State, CallType CallType, string? OtherDn, RecordingState Recording, long StartUs, string Source);
