using System.Security.Cryptography;

namespace Tandem.Safekeeping.Sealing;

/// <summary>Takes a sealed stream in pieces of any size, in order, and judges it. No I/O, no key. One megabyte of
/// memory at most, beside 100 bytes a record.</summary>
public sealed class SealedScanner
{
    private readonly List<SealedRecord> _records = [];
    private readonly List<byte[]> _digests = [];
    private byte[] _held = [];
    private int _heldLength;
    private StreamHeader? _header;
    private long _sealedLength;
    private bool _damaged;

    /// <summary>Bytes judged whole so far: the header and whole records.</summary>
    public long SealedLength => _sealedLength;

    public void Feed(ReadOnlySpan<byte> bytes)
    {
        if (_damaged || bytes.IsEmpty)
            return;
        if (_heldLength > 0)
        {
            Hold(bytes);
            var taken = Consume(_held.AsSpan(0, _heldLength));
            _heldLength -= taken;
            Array.Copy(_held, taken, _held, 0, _heldLength);
        }
        else
        {
            Hold(bytes[Consume(bytes)..]);
        }
    }

    public SealedScan Result()
    {
        var state = _damaged ? SealedState.Damaged
            : _records.Count > 0 && _records[^1].Header.IsLast && _heldLength == 0 ? SealedState.Complete
            : SealedState.Truncated;
        var header = _header is null ? [] : _header.Bytes;
        return new SealedScan(_header, state, [.. _records], [.. _digests],
            SealedScan.DigestOf(header, _digests), _sealedLength);
    }

    private int Consume(ReadOnlySpan<byte> bytes)
    {
        var taken = 0;
        if (_header is null)
        {
            switch (StreamHeader.TryParse(bytes, out _header))
            {
                case ParseVerdict.NeedMore:
                    return 0;
                case ParseVerdict.Malformed:
                    _damaged = true;
                    return 0;
            }

            taken = StreamHeader.SizeBytes;
            _sealedLength = taken;
        }

        while (TakeRecord(bytes[taken..]) is var length and > 0)
            taken += length;
        return taken;
    }

    private int TakeRecord(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return 0;
        var verdict = RecordHeader.TryParse(bytes, out var header);
        if (verdict == ParseVerdict.Malformed || verdict == ParseVerdict.Complete && !Follows(header)
            || _records.Count > 0 && _records[^1].Header.IsLast)
        {
            _damaged = true;
            return 0;
        }

        if (verdict == ParseVerdict.NeedMore || bytes.Length < header.RecordLength)
            return 0;
        _records.Add(new SealedRecord(_sealedLength, header));
        _digests.Add(SHA256.HashData(bytes[..header.RecordLength]));
        _sealedLength += header.RecordLength;
        return header.RecordLength;
    }

    private bool Follows(RecordHeader header) =>
        header.Index == _records.Count
        && header.PlaintextOffset == (_records.Count == 0 ? 0 : _records[^1].PlaintextEnd);

    private void Hold(ReadOnlySpan<byte> bytes)
    {
        if (_held.Length < _heldLength + bytes.Length)
            Array.Resize(ref _held, Math.Max(_heldLength + bytes.Length, _held.Length * 2));
        bytes.CopyTo(_held.AsSpan(_heldLength));
        _heldLength += bytes.Length;
    }
}
