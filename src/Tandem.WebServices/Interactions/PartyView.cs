namespace Tandem.WebServices.Interactions;

/// <summary>Someone in an interaction; role is agent or customer.</summary>
internal sealed record PartyView(string Dn, string? AgentId, string? Name, string Role);
