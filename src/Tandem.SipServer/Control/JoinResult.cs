using Tandem.Contracts.Cti;

namespace Tandem.SipServer.Control;

/// <summary>How the ringing of a further party ended.</summary>
/// <param name="Leg">The phone that answered, seated in the call; null when none did.</param>
/// <param name="State">Why none did.</param>
internal sealed record JoinResult(PhoneLeg? Leg, CallState State, int Status, string Reason);
