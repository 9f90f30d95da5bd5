namespace Tandem.ScreenRecordingService.LocalApi;

/// <summary>An agent signed in at this PC.</summary>
/// <param name="TokenHash">SHA-256 of the token: the cookie's value, and what our own rows are called with.</param>
/// <param name="CredentialHash">SHA-256 of the Basic credentials; null for a paired desktop, and after a restart.</param>
/// <param name="Paired">Signed in by a pairing token: needs no ping.</param>
/// <param name="UserId">Of the operating system's user whose desktop signed in; null where that is not told.</param>
internal sealed record LocalSession(string AgentId, string UserName, byte[] TokenHash, byte[]? CredentialHash, bool Paired, uint? UserId)
{
    /// <summary>32 random bytes, base64url; null after a restart: it is kept nowhere.</summary>
    public string? Token { get; init; }
}
