namespace Tandem.SipServer.Recording;

/// <summary>Whose media a leg on MCP is.</summary>
internal sealed record McpSeat(string ConferenceId, string Dn, string CallUuid);
