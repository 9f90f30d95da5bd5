using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;

namespace Tandem.Safekeeping;

/// <summary>The key of one sealed stream: 32 random bytes, zeroed on dispose. Wrapping is CMS EnvelopedData (RFC 5652)
/// with RSA-OAEP SHA-256 key transport and AES-256-CBC content.</summary>
public sealed class StreamKey : IDisposable
{
    public const int SizeBytes = 32;

    private static readonly Oid Aes256Cbc = new("2.16.840.1.101.3.4.1.42");
    private readonly byte[] _bytes;
    private bool _disposed;

    private StreamKey(byte[] bytes) => _bytes = bytes;

    public static StreamKey Create() => new(RandomNumberGenerator.GetBytes(SizeBytes));

    /// <summary>Copies 32 bytes; the caller zeroes its own.</summary>
    public static StreamKey From(ReadOnlySpan<byte> bytes) => bytes.Length == SizeBytes
        ? new StreamKey(bytes.ToArray())
        : throw new ArgumentException($"A stream key has {SizeBytes} bytes, not {bytes.Length}.", nameof(bytes));

    /// <summary>The bytes; not to be copied anywhere that outlives the key.</summary>
    public ReadOnlySpan<byte> Bytes
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _bytes;
        }
    }

    /// <summary>DER of the CMS; base64 of it is the sidecar's <c>wrappedKey</c>.</summary>
    /// <exception cref="CryptographicException">The certificate has no RSA key, or one that cannot encrypt.</exception>
    public byte[] Wrap(X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        var content = Bytes.ToArray();
        try
        {
            var envelope = new EnvelopedCms(new ContentInfo(content), new AlgorithmIdentifier(Aes256Cbc));
            envelope.Encrypt(new CmsRecipient(
                SubjectIdentifierType.IssuerAndSerialNumber, certificate, RSAEncryptionPadding.OaepSHA256));
            return envelope.Encode();
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }

    /// <param name="wrapped">DER of the CMS.</param>
    /// <param name="certificate">With its private key.</param>
    /// <exception cref="CryptographicException">Not CMS, wrapped for another certificate, altered, or not a key.</exception>
    public static StreamKey Unwrap(ReadOnlySpan<byte> wrapped, X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        var envelope = new EnvelopedCms();
        envelope.Decode(wrapped);
        envelope.Decrypt(new X509Certificate2Collection(certificate));
        var content = envelope.ContentInfo.Content;
        try
        {
            return content.Length == SizeBytes
                ? From(content)
                : throw new CryptographicException($"The wrapped content has {content.Length} bytes; a stream key has 32.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }

    public void Dispose()
    {
        _disposed = true;
        CryptographicOperations.ZeroMemory(_bytes);
    }
}
