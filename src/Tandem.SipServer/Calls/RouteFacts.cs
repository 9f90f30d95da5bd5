using Tandem.Contracts.Cti;

namespace Tandem.SipServer.Calls;

/// <summary>What is known when a call is routed to a party; the rules of selective recording judge by it.</summary>
/// <param name="Source">Number or DN of who calls, transfers to or consults the destination.</param>
/// <param name="Destination">Number or DN to which it is delivered.</param>
/// <param name="Dialled">What was dialled to reach it.</param>
/// <param name="Trunk">Name of the trunk by which the call comes or goes, or null.</param>
internal sealed record RouteFacts(
    string Source, string Destination, string Dialled, string? Trunk, CallType CallType, IReadOnlyDictionary<string, string>? UserData);
