using System.Security.Cryptography;

namespace Tandem.Safekeeping.Sealing;

/// <summary>The 64 bytes before the first record (docs/formats/sealed-stream.md): magic <c>TANDEMS1</c>, stream id
/// (16, as in RFC 9562), Tink's header: its length 40, salt (32), nonce prefix (7).</summary>
public sealed class StreamHeader
{
    public const int SizeBytes = 64;
    internal const int SaltSizeBytes = 32;
    internal const int NoncePrefixSizeBytes = 7;
    private const int BoundSizeBytes = 24;
    private const int SaltAt = BoundSizeBytes + 1;
    private const int NoncePrefixAt = SaltAt + SaltSizeBytes;
    private const byte TinkHeaderLength = 1 + SaltSizeBytes + NoncePrefixSizeBytes;

    private readonly byte[] _bytes;

    private StreamHeader(byte[] bytes) => _bytes = bytes;

    public ReadOnlySpan<byte> Bytes => _bytes;

    public Guid StreamId => new(_bytes.AsSpan(8, 16), bigEndian: true);

    internal ReadOnlySpan<byte> NoncePrefix => _bytes.AsSpan(NoncePrefixAt, NoncePrefixSizeBytes);

    private static ReadOnlySpan<byte> Magic => "TANDEMS1"u8;

    internal static StreamHeader Create(Guid streamId)
    {
        var bytes = new byte[SizeBytes];
        Magic.CopyTo(bytes);
        streamId.TryWriteBytes(bytes.AsSpan(8, 16), bigEndian: true, out _);
        bytes[BoundSizeBytes] = TinkHeaderLength;
        RandomNumberGenerator.Fill(bytes.AsSpan(SaltAt));
        return new StreamHeader(bytes);
    }

    public static ParseVerdict TryParse(ReadOnlySpan<byte> source, out StreamHeader? header)
    {
        header = null;
        var magic = source[..Math.Min(source.Length, Magic.Length)];
        if (!Magic.StartsWith(magic))
            return ParseVerdict.Malformed;
        if (source.Length < SizeBytes)
            return ParseVerdict.NeedMore;
        if (source[BoundSizeBytes] != TinkHeaderLength)
            return ParseVerdict.Malformed;
        header = new StreamHeader(source[..SizeBytes].ToArray());
        return ParseVerdict.Complete;
    }

    /// <summary>HKDF-SHA256 (RFC 5869): input the stream key, salt the header's, info magic ‖ stream id.</summary>
    internal AesGcm DeriveCipher(StreamKey key)
    {
        Span<byte> derived = stackalloc byte[32];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key.Bytes, derived,
            _bytes.AsSpan(SaltAt, SaltSizeBytes), _bytes.AsSpan(0, BoundSizeBytes));
        var cipher = new AesGcm(derived, RecordHeader.TagSizeBytes);
        CryptographicOperations.ZeroMemory(derived);
        return cipher;
    }
}
