namespace Tandem.Sip.Authentication;

/// <summary>What a client answers digest challenges with.</summary>
public sealed record DigestCredentials(string UserName, string Password);
