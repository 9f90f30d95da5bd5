namespace Tandem.SipServer.Recording;

/// <summary>Whose media a leg on MCP is.</summary>
/// <param name="Secure">Its phone speaks SRTP: what MCP offers it must be that too.</param>
internal sealed record McpSeat(string ConferenceId, string Dn, string CallUuid, bool Secure = false);
