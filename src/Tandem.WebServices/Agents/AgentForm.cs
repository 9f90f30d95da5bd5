namespace Tandem.WebServices.Agents;

/// <summary>Body of <c>PUT /api/v2/agents/{agentId}</c>.</summary>
/// <param name="Password">Absent keeps the present one.</param>
/// <param name="RecordingWhen">Absent or empty: as the cluster says; see PolicyParser.</param>
internal sealed record AgentForm(
    string UserName,
    string? Password,
    string? FirstName,
    string? LastName,
    string? Dn,
    IReadOnlyList<string>? Roles,
    string? RecordingWhen,
    bool? RecordAfterCallWork);
