namespace Tandem.WebServices.Agents;

internal sealed record AgentView(
    string AgentId,
    string UserName,
    string FirstName,
    string LastName,
    string? Dn,
    IReadOnlyList<string> Roles,
    string? RecordingWhen,
    bool? RecordAfterCallWork);
