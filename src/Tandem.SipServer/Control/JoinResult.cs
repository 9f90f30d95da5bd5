using Tandem.Contracts.Cti;
using Tandem.SipServer.Calls;

namespace Tandem.SipServer.Control;

/// <summary>How the ringing of a further party ended.</summary>
/// <param name="Party">Who was rung; of a queue the agent who was rung last.</param>
/// <param name="Leg">The phone that answered, seated in the call; null when none did.</param>
/// <param name="State">Why none did.</param>
internal sealed record JoinResult(Party Party, PhoneLeg? Leg, CallState State, int Status, string Reason);
