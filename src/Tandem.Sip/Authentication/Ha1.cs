namespace Tandem.Sip.Authentication;

/// <summary>
/// What a server keeps instead of a password: lower-case hex of H(user ":" realm ":" password) for both algorithms (RFC 7616 §3.4.2).
/// Treat it like a password.
/// </summary>
public sealed record Ha1(string Md5, string Sha256)
{
    /// <summary>Computes both from the password.</summary>
    public static Ha1 Of(string userName, string realm, string password) => new(
        DigestHash.Hex(DigestAlgorithm.Md5, $"{userName}:{realm}:{password}"),
        DigestHash.Hex(DigestAlgorithm.Sha256, $"{userName}:{realm}:{password}"));

    internal string For(DigestAlgorithm algorithm) => algorithm == DigestAlgorithm.Md5 ? Md5 : Sha256;
}
