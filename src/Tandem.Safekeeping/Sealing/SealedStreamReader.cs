using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace Tandem.Safekeeping.Sealing;

/// <summary>Random access to the plaintext of a sealed file, growing or finished. Every byte that it returns was
/// authenticated. Thread-safe for reads; <see cref="Refresh"/> may run beside them.</summary>
public sealed class SealedStreamReader : IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly StreamHeader _header;
    private readonly AesGcm _cipher;
    private readonly Lock _cipherLock = new();
    private IReadOnlyList<SealedRecord> _records = [];
    private long _cachedRecord = -1;
    private byte[] _cached = [];

    private SealedStreamReader(SafeFileHandle file, StreamHeader header, StreamKey key)
    {
        _file = file;
        _header = header;
        _cipher = header.DeriveCipher(key);
    }

    public Guid StreamId => _header.StreamId;

    /// <summary>The whole records known by now.</summary>
    public IReadOnlyList<SealedRecord> Records => _records;

    /// <summary>Readable plaintext bytes.</summary>
    public long Length => _records is [.., var end] ? end.PlaintextEnd : 0;

    /// <summary><see cref="SealedState.Truncated"/> also while it grows.</summary>
    public SealedState State { get; private set; } = SealedState.Truncated;

    /// <summary>Reads the record headers only: an hour of voice takes milliseconds.</summary>
    /// <exception cref="SealBrokenException">There is no sealed stream's header.</exception>
    public static SealedStreamReader Open(string path, StreamKey key)
    {
        var file = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
        try
        {
            var bytes = new byte[StreamHeader.SizeBytes];
            var got = RandomAccess.Read(file, bytes, 0);
            if (StreamHeader.TryParse(bytes.AsSpan(0, got), out var header) != ParseVerdict.Complete)
                throw new SealBrokenException($"{path} does not begin as a sealed stream.", -1);
            var reader = new SealedStreamReader(file, header!, key);
            reader.Refresh();
            return reader;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Takes in records that were appended since; true when there were any.</summary>
    public bool Refresh()
    {
        var before = _records;
        (_records, State) = HeaderWalk.Continue(_file, before);
        return _records.Count > before.Count;
    }

    /// <summary>Fills as much of <paramref name="target"/> as there is from <paramref name="offset"/> on; returns the
    /// count, 0 at the end.</summary>
    /// <exception cref="SealBrokenException">A record in the range is not what was sealed.</exception>
    public int Read(long offset, Span<byte> target)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        var records = _records;
        var done = 0;
        for (var i = HeaderWalk.Find(records, offset); i < records.Count && done < target.Length; i++)
        {
            var skip = (int)(offset + done - records[i].Header.PlaintextOffset);
            done += CopyFrom(records[i], skip, target[done..]);
        }

        return done;
    }

    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_cached);
        _cipher.Dispose();
        _file.Dispose();
    }

    private int CopyFrom(SealedRecord record, int skip, Span<byte> target)
    {
        lock (_cipherLock)
        {
            if (_cachedRecord != record.Header.Index)
                Unseal(record);
            var part = _cached.AsSpan(skip, Math.Min(target.Length, record.Header.PlaintextLength - skip));
            part.CopyTo(target);
            return part.Length;
        }
    }

    private void Unseal(SealedRecord record)
    {
        _cachedRecord = -1;
        if (_cached.Length < record.Header.PlaintextLength)
            _cached = new byte[record.Header.PlaintextLength];
        var bytes = new byte[record.Header.RecordLength];
        var got = RandomAccess.Read(_file, bytes, record.SealedOffset);
        Span<byte> associated = stackalloc byte[RecordHeader.SizeBytes];
        record.Header.Write(associated);
        Span<byte> nonce = stackalloc byte[12];
        record.Header.WriteNonce(_header.NoncePrefix, nonce);
        var length = record.Header.PlaintextLength;
        try
        {
            if (got < bytes.Length || !associated.SequenceEqual(bytes.AsSpan(0, associated.Length)))
                throw new AuthenticationTagMismatchException();
            _cipher.Decrypt(nonce, bytes.AsSpan(associated.Length, length),
                bytes.AsSpan(associated.Length + length), _cached.AsSpan(0, length), associated);
        }
        catch (AuthenticationTagMismatchException)
        {
            throw new SealBrokenException(
                $"Record {record.Header.Index} of stream {StreamId} is not what was sealed.", record.Header.Index);
        }

        _cachedRecord = record.Header.Index;
    }
}
