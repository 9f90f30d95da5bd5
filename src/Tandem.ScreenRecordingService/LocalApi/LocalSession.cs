namespace Tandem.ScreenRecordingService.LocalApi;

/// <summary>An agent signed in at this PC.</summary>
/// <param name="Token">32 random bytes, base64url: the cookie's value, and what our own rows are called with.</param>
/// <param name="CredentialHash">SHA-256 of the Basic credentials, empty for a paired desktop.</param>
internal sealed record LocalSession(string Token, string AgentId, string UserName, byte[] CredentialHash)
{
    public bool IsPaired => CredentialHash.Length == 0;
}
