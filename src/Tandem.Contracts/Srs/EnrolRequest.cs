namespace Tandem.Contracts.Srs;

/// <summary><c>POST /api/v2/srs/enrol</c>: trades a one-time token for the right of a key.</summary>
/// <param name="PublicKey">ECDSA P-256 SubjectPublicKeyInfo, base64.</param>
public sealed record EnrolRequest(string Token, string PublicKey, string HostName, string Version);
