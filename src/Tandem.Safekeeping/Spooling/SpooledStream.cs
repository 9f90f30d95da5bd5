using System.Buffers;
using Tandem.Contracts.Uploads;
using Tandem.Safekeeping.Sealing;

namespace Tandem.Safekeeping.Spooling;

/// <summary>One sealed stream being written. Calls write to the page cache and may wait for the disk: not for the thread
/// that moves packets. Thread-safe.</summary>
public sealed class SpooledStream
{
    private readonly Lock _lock = new();
    private readonly Spool _spool;
    private readonly SpoolFile _file;
    private readonly DurableFile _target;
    private readonly SealedStreamWriter _writer;
    private (long UtcUs, long MonotonicUs) _end;
    private long _heldBytes;
    private bool _over;

    internal SpooledStream(Spool spool, SpoolFile file, DurableFile target, SealedStreamWriter writer)
    {
        _spool = spool;
        _file = file;
        _target = target;
        _writer = writer;
        _end = (file.Entry.Sidecar.StartUs, 0);
    }

    /// <summary>With the wrapped key.</summary>
    public StreamSidecar Sidecar => _file.Entry.Sidecar;

    /// <summary>Plaintext bytes that are in the file: what a write that failed took with it does not count.</summary>
    public long PlaintextLength
    {
        get
        {
            lock (_lock)
                return _heldBytes;
        }
    }

    /// <summary>Seals and writes one record; larger plaintext is split. At most a second of media a call. When a write
    /// fails the stream ends at its last whole record, and later calls answer <see cref="SpoolOutcome.Closed"/>: go on
    /// in a new stream.</summary>
    /// <param name="monotonicUs">Microseconds of a clock that never steps.</param>
    public SpoolOutcome Append(ReadOnlySpan<byte> plaintext, long utcUs, long monotonicUs)
    {
        lock (_lock)
        {
            if (_over)
                return SpoolOutcome.Closed;
            if (!_spool.HasRoom())
                return SpoolOutcome.DiskFull;
            _end = (utcUs, monotonicUs);
            while (true)
            {
                var part = plaintext[..Math.Min(plaintext.Length, RecordHeader.MaximumPlaintextBytes)];
                var outcome = Write(part, last: false);
                plaintext = plaintext[part.Length..];
                if (outcome != SpoolOutcome.Done || plaintext.IsEmpty)
                    return outcome;
            }
        }
    }

    /// <summary>fsync now, before the next of the spool.</summary>
    public SpoolOutcome Sync()
    {
        lock (_lock)
        {
            if (_over)
                return SpoolOutcome.Closed;
            try
            {
                _target.SyncData();
                return SpoolOutcome.Done;
            }
            catch (IOException failure)
            {
                return _spool.Refused(failure);
            }
        }
    }

    /// <summary>As <see cref="Spool.UpdateReport"/> for this stream's owner.</summary>
    public SpoolOutcome UpdateReport(string path, ReadOnlySpan<byte> json) =>
        _spool.UpdateReport(Sidecar.OwnerId, path, json);

    /// <summary>Writes the last record and fsyncs; the owner stays open for further streams. Idempotent.</summary>
    public SpoolOutcome Close()
    {
        lock (_lock)
        {
            if (_over)
                return SpoolOutcome.Done;
            var outcome = Write([], last: true);
            return outcome == SpoolOutcome.Done ? End(SpoolStreamState.Closed) : outcome;
        }
    }

    /// <summary><see cref="Close"/>, then <see cref="Spool.Finish"/> of the owner.</summary>
    public SpoolOutcome Finish(string path, ReadOnlySpan<byte> json)
    {
        var closed = Close();
        var finished = _spool.Finish(Sidecar.OwnerId, path, json);
        return closed == SpoolOutcome.Done ? finished : closed;
    }

    private SpoolOutcome Write(ReadOnlySpan<byte> plaintext, bool last)
    {
        var size = SealedStreamWriter.SealedSize(plaintext.Length);
        var buffer = ArrayPool<byte>.Shared.Rent(size);
        var before = _target.Length;
        try
        {
            _writer.Seal(plaintext, _end.UtcUs, _end.MonotonicUs, last, buffer);
            _target.Append(buffer.AsSpan(0, size));
            _file.SealedLength = _target.Length;
            _heldBytes += plaintext.Length;
            return SpoolOutcome.Done;
        }
        catch (IOException failure)
        {
            // The nonce is used: the record cannot be sealed again, so the stream ends at the one before.
            CutTo(before);
            _writer.ForgetLast();
            End(SpoolStreamState.Truncated);
            return _spool.Refused(failure);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void CutTo(long length)
    {
        try
        {
            _target.Truncate(length);
        }
        catch (IOException failure)
        {
            // The torn tail stays; only whole records are uploaded.
            _spool.Refused(failure);
        }
    }

    private SpoolOutcome End(SpoolStreamState state)
    {
        _over = true;
        var outcome = SpoolOutcome.Done;
        try
        {
            _target.Sync();
        }
        catch (IOException failure)
        {
            outcome = _spool.Refused(failure);
        }

        try
        {
            _spool.Closed(this, _file, state, _file.SealedLength, _writer.Digest);
        }
        catch (IOException failure)
        {
            outcome = _spool.Refused(failure);
        }

        _target.Dispose();
        _writer.Dispose();
        return outcome;
    }
}
