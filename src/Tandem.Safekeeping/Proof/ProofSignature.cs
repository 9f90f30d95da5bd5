using System.Security.Cryptography;

namespace Tandem.Safekeeping.Proof;

/// <summary>ECDSA P-256 SHA-256 in DER form, which <c>openssl dgst -verify</c> reads.</summary>
public static class ProofSignature
{
    public static byte[] Sign(ECDsa key, ReadOnlySpan<byte> bytes) =>
        key.SignData(bytes, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    public static bool Holds(ECDsa key, ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> signature) =>
        key.VerifyData(bytes, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    internal static bool Holds(ECDsa key, ReadOnlySpan<byte> bytes, string base64)
    {
        Span<byte> signature = stackalloc byte[256];
        return Convert.TryFromBase64String(base64, signature, out var length) && Holds(key, bytes, signature[..length]);
    }
}
