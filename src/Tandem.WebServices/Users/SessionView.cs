namespace Tandem.WebServices.Users;

/// <param name="CsrfToken">To be sent in X-CSRF-TOKEN; null without a session cookie.</param>
internal sealed record SessionView(string UserName, IReadOnlyList<string> Roles, string? AgentId, string? CsrfToken);
