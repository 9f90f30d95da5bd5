namespace Tandem.WebServices.Agents;

internal sealed record AgentList(IReadOnlyList<AgentView> Agents);
