using System.Security.Cryptography;

namespace Tandem.Safekeeping.Sealing;

/// <summary>Seals records one after the other into byte form; where they go is the caller's matter. Not thread-safe.</summary>
public sealed class SealedStreamWriter : IDisposable
{
    private readonly StreamHeader _header;
    private readonly AesGcm _cipher;
    private readonly IncrementalHash _digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    // The digest of the last record waits here: its writing may still fail.
    private readonly byte[] _lastDigest = new byte[SHA256.HashSizeInBytes];
    private bool _lastWaits;
    private long _next;
    private long _plaintextOffset;
    private bool _last;

    /// <summary>Starts a stream with a new salt and nonce prefix. The key is not kept.</summary>
    public SealedStreamWriter(Guid streamId, StreamKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        _header = StreamHeader.Create(streamId);
        _digest.AppendData(SHA256.HashData(_header.Bytes));
        _cipher = _header.DeriveCipher(key);
    }

    /// <summary>The 64 bytes that open the stream.</summary>
    public ReadOnlySpan<byte> Header => _header.Bytes;

    /// <summary>Plaintext bytes sealed so far.</summary>
    public long PlaintextLength => _plaintextOffset;

    /// <summary>Digest of all sealed so far, as <see cref="SealedScan.Digest"/>.</summary>
    public string Digest
    {
        get
        {
            SettleLast();
            return Convert.ToHexStringLower(_digest.GetCurrentHash());
        }
    }

    /// <summary>Bytes that <see cref="Seal"/> writes for that much plaintext.</summary>
    public static int SealedSize(int plaintextLength) =>
        RecordHeader.SizeBytes + plaintextLength + RecordHeader.TagSizeBytes;

    /// <summary>Seals one record into <paramref name="target"/> and returns its size. The last one is commonly empty:
    /// whoever writes does not know beforehand that it was the last.</summary>
    /// <param name="plaintext">At most <see cref="RecordHeader.MaximumPlaintextBytes"/> bytes.</param>
    /// <param name="monotonicUs">Microseconds of a clock that never steps.</param>
    /// <exception cref="InvalidOperationException">The last record is written, or 2³²-1 records are.</exception>
    public int Seal(ReadOnlySpan<byte> plaintext, long utcUs, long monotonicUs, bool last, Span<byte> target)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(plaintext.Length, RecordHeader.MaximumPlaintextBytes);
        if (_last || _next >= uint.MaxValue)
            throw new InvalidOperationException("The stream has its last record.");
        var header = new RecordHeader(plaintext.Length, (uint)_next, _plaintextOffset, utcUs, monotonicUs, last);
        var record = target[..header.RecordLength];
        var associated = record[..RecordHeader.SizeBytes];
        header.Write(associated);
        Span<byte> nonce = stackalloc byte[12];
        header.WriteNonce(_header.NoncePrefix, nonce);
        _cipher.Encrypt(nonce, plaintext,
            record.Slice(RecordHeader.SizeBytes, plaintext.Length),
            record[(RecordHeader.SizeBytes + plaintext.Length)..], associated);
        SettleLast();
        SHA256.HashData(record, _lastDigest);
        _lastWaits = true;
        _next++;
        _plaintextOffset += plaintext.Length;
        _last = last;
        return record.Length;
    }

    /// <summary>The record sealed last was not kept by the caller; the writer can only be asked for its
    /// <see cref="Digest"/> and disposed after.</summary>
    internal void ForgetLast() => (_lastWaits, _last) = (false, true);

    public void Dispose()
    {
        _digest.Dispose();
        _cipher.Dispose();
    }

    private void SettleLast()
    {
        if (_lastWaits)
            _digest.AppendData(_lastDigest);
        _lastWaits = false;
    }
}
