using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Tandem.Media.Srtp;

/// <summary>AES-GCM (RFC 7714 §8 and §9).</summary>
internal sealed class GaloisTransform(byte[] key, byte[] salt, int mkiBytes) : SrtpTransform
{
    private const int TagBytes = 16;
    private const int ReportHeaderBytes = 8;
    private const int IndexBytes = 4;
    private readonly AesGcm _cipher = new(key, TagBytes);
    private readonly byte[] _nonce = new byte[12];

    public override int Seal(Span<byte> packet, int bytes, int header, uint ssrc, ulong index)
    {
        Nonce(ssrc, index);
        var text = packet[header..bytes];
        _cipher.Encrypt(_nonce, text, text, packet.Slice(bytes, TagBytes), packet[..header]);
        return bytes + TagBytes;
    }

    public override int Open(Span<byte> packet, int header, uint ssrc, ulong index)
    {
        var bytes = packet.Length - TagBytes - mkiBytes;
        if (bytes < header)
            return -1;
        Nonce(ssrc, index);
        var text = packet[header..bytes];
        return Decrypt(text, packet.Slice(bytes, TagBytes), packet[..header]) ? bytes : -1;
    }

    public override int SealReport(Span<byte> packet, int bytes, uint index)
    {
        Span<byte> associated = stackalloc byte[ReportHeaderBytes + IndexBytes];
        packet[..ReportHeaderBytes].CopyTo(associated);
        BinaryPrimitives.WriteUInt32BigEndian(associated[ReportHeaderBytes..], index | EncryptedFlag);
        Nonce(ReadSsrc(packet), index);
        var text = packet[ReportHeaderBytes..bytes];
        _cipher.Encrypt(_nonce, text, text, packet.Slice(bytes, TagBytes), associated);
        associated[ReportHeaderBytes..].CopyTo(packet[(bytes + TagBytes)..]);
        return bytes + TagBytes + IndexBytes;
    }

    public override int OpenReport(Span<byte> packet, out uint index)
    {
        index = 0;
        var bytes = packet.Length - TagBytes - IndexBytes - mkiBytes;
        if (bytes < ReportHeaderBytes)
            return -1;
        var word = packet.Slice(bytes + TagBytes, IndexBytes);
        var flags = BinaryPrimitives.ReadUInt32BigEndian(word);
        index = flags & ~EncryptedFlag;
        Nonce(ReadSsrc(packet), index);
        // A report that is tagged but not encrypted is associated data as a whole (§9.3); the word follows the tag.
        var clear = (flags & EncryptedFlag) == 0 ? bytes : ReportHeaderBytes;
        Span<byte> associated = stackalloc byte[2048 + IndexBytes];
        if (clear + IndexBytes > associated.Length)
            return -1;
        packet[..clear].CopyTo(associated);
        word.CopyTo(associated[clear..]);
        return Decrypt(packet[clear..bytes], packet.Slice(bytes, TagBytes), associated[..(clear + IndexBytes)]) ? bytes : -1;
    }

    public override void Dispose() => _cipher.Dispose();

    private bool Decrypt(Span<byte> text, ReadOnlySpan<byte> tag, ReadOnlySpan<byte> associated)
    {
        try
        {
            _cipher.Decrypt(_nonce, text, tag, text, associated);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }

    // 16 zero bits, SSRC, then index in 48 bits (RTP) or 16 zero bits and 32 (RTCP); all XOR the salt.
    private void Nonce(uint ssrc, ulong index)
    {
        BinaryPrimitives.WriteUInt64BigEndian(_nonce.AsSpan(4), index);
        BinaryPrimitives.WriteUInt16BigEndian(_nonce, 0);
        BinaryPrimitives.WriteUInt32BigEndian(_nonce.AsSpan(2), ssrc);
        for (var i = 0; i < salt.Length; i++)
            _nonce[i] ^= salt[i];
    }
}
