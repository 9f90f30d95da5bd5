using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace Tandem.Safekeeping.Sealing;

/// <summary>What a sealed stream holds, learnt without its key.</summary>
public sealed class SealedScan
{
    internal SealedScan(
        StreamHeader? header, SealedState state, IReadOnlyList<SealedRecord> records,
        IReadOnlyList<byte[]> recordDigests, string digest, long sealedLength)
    {
        Header = header;
        State = state;
        Records = records;
        RecordDigests = recordDigests;
        Digest = digest;
        SealedLength = sealedLength;
    }

    /// <summary>Null when not even the stream's header is whole.</summary>
    public StreamHeader? Header { get; }

    public SealedState State { get; }

    /// <summary>The whole records, in order; <see cref="RecordHeader.Index"/> equals the position in this list.</summary>
    public IReadOnlyList<SealedRecord> Records { get; }

    /// <summary>SHA-256 of each record: header, ciphertext and tag.</summary>
    public IReadOnlyList<byte[]> RecordDigests { get; }

    /// <summary>Lower-case hex SHA-256 over SHA-256(stream header) ‖ the record digests: the value of
    /// <c>Tandem-Digest</c>.</summary>
    public string Digest { get; }

    /// <summary>Bytes up to the end of the last whole record; a longer file has a cut or foreign tail.</summary>
    public long SealedLength { get; }

    public long PlaintextLength => Records.Count == 0 ? 0 : Records[^1].PlaintextEnd;

    /// <exception cref="IOException">The file cannot be read.</exception>
    public static SealedScan File(string path, CancellationToken stop = default)
    {
        using var handle = System.IO.File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
        return Read(handle, RandomAccess.GetLength(handle), stop);
    }

    /// <summary>Scans the first <paramref name="length"/> bytes of an open file.</summary>
    public static SealedScan Read(SafeFileHandle file, long length, CancellationToken stop = default)
    {
        var scanner = new SealedScanner();
        var buffer = new byte[(int)Math.Clamp(length, 1, 256 * 1024)];
        for (long offset = 0; offset < length;)
        {
            stop.ThrowIfCancellationRequested();
            var want = (int)Math.Min(buffer.Length, length - offset);
            var got = RandomAccess.Read(file, buffer.AsSpan(0, want), offset);
            if (got == 0)
                break;
            scanner.Feed(buffer.AsSpan(0, got));
            offset += got;
        }

        return scanner.Result();
    }

    public static SealedScan Bytes(ReadOnlySpan<byte> sealedBytes)
    {
        var scanner = new SealedScanner();
        scanner.Feed(sealedBytes);
        return scanner.Result();
    }

    internal static string DigestOf(ReadOnlySpan<byte> header, IEnumerable<byte[]> recordDigests)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(SHA256.HashData(header));
        foreach (var digest in recordDigests)
            hash.AppendData(digest);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
