using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Tandem.Media.Srtp;

/// <summary>AES in counter mode with HMAC-SHA1 (RFC 3711 §4).</summary>
internal sealed class CounterTransform : SrtpTransform
{
    public const int AuthenticationKeyBytes = 20;
    private const int ReportHeaderBytes = 8;
    private const int IndexBytes = 4;
    private readonly CounterCipher _cipher;
    private readonly IncrementalHash _hash;
    private readonly byte[] _salt;
    private readonly int _tagBytes;
    private readonly int _mkiBytes;
    private readonly byte[] _start = new byte[16];
    private readonly byte[] _rollOver = new byte[4];
    private readonly byte[] _tag = new byte[20];

    [SuppressMessage("Security", "CA5350", Justification = "HMAC-SHA1 is what RFC 3711 prescribes; HMAC does not need collision resistance.")]
    public CounterTransform(byte[] key, byte[] salt, byte[] authenticationKey, int tagBytes, int mkiBytes)
    {
        _cipher = new CounterCipher(key);
        _hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA1, authenticationKey);
        (_salt, _tagBytes, _mkiBytes) = (salt, tagBytes, mkiBytes);
    }

    public override int Seal(Span<byte> packet, int bytes, int header, uint ssrc, ulong index)
    {
        Encrypt(packet[header..bytes], ssrc, index);
        Authenticate(packet[..bytes], (uint)(index >> 16));
        _tag.AsSpan(0, _tagBytes).CopyTo(packet[bytes..]);
        return bytes + _tagBytes;
    }

    public override int Open(Span<byte> packet, int header, uint ssrc, ulong index)
    {
        var bytes = packet.Length - _tagBytes - _mkiBytes;
        if (bytes < header)
            return -1;
        Authenticate(packet[..bytes], (uint)(index >> 16));
        if (!IsTag(packet[^_tagBytes..]))
            return -1;
        Encrypt(packet[header..bytes], ssrc, index);
        return bytes;
    }

    public override int SealReport(Span<byte> packet, int bytes, uint index)
    {
        Encrypt(packet[ReportHeaderBytes..bytes], ReadSsrc(packet), index);
        BinaryPrimitives.WriteUInt32BigEndian(packet[bytes..], index | EncryptedFlag);
        Authenticate(packet[..bytes], index | EncryptedFlag);
        _tag.AsSpan(0, _tagBytes).CopyTo(packet[(bytes + IndexBytes)..]);
        return bytes + IndexBytes + _tagBytes;
    }

    public override int OpenReport(Span<byte> packet, out uint index)
    {
        index = 0;
        var bytes = packet.Length - _tagBytes - _mkiBytes - IndexBytes;
        if (bytes < ReportHeaderBytes)
            return -1;
        var word = BinaryPrimitives.ReadUInt32BigEndian(packet[bytes..]);
        index = word & ~EncryptedFlag;
        Authenticate(packet[..bytes], word);
        if (!IsTag(packet[^_tagBytes..]))
            return -1;
        if ((word & EncryptedFlag) != 0)
            Encrypt(packet[ReportHeaderBytes..bytes], ReadSsrc(packet), index);
        return bytes;
    }

    public override void Dispose()
    {
        _cipher.Dispose();
        _hash.Dispose();
    }

    // IV = (salt · 2^16) XOR (SSRC · 2^64) XOR (index · 2^16), §4.1.1.
    private void Encrypt(Span<byte> data, uint ssrc, ulong index)
    {
        Span<byte> start = _start;
        start.Clear();
        BinaryPrimitives.WriteUInt32BigEndian(start[4..], ssrc);
        BinaryPrimitives.WriteUInt64BigEndian(start[8..], index << 16);
        for (var i = 0; i < _salt.Length; i++)
            start[i] ^= _salt[i];
        _cipher.Apply(start, data);
    }

    private void Authenticate(ReadOnlySpan<byte> packet, uint word)
    {
        BinaryPrimitives.WriteUInt32BigEndian(_rollOver, word);
        _hash.AppendData(packet);
        _hash.AppendData(_rollOver);
        _hash.GetHashAndReset(_tag);
    }

    private bool IsTag(ReadOnlySpan<byte> tag) => CryptographicOperations.FixedTimeEquals(tag, _tag.AsSpan(0, _tagBytes));
}
