using Tandem.Recordings.Policy;

namespace Tandem.WebServices.Agents;

/// <summary>An agent as the recording side needs to know him.</summary>
internal sealed record AgentProfile(string AgentId, string UserName, string Name, string? Dn, RecordingPolicy Policy);
