using Tandem.Contracts.Uploads;

namespace Tandem.Safekeeping.Spooling;

/// <summary>One sealed stream being written. Calls write to the page cache and may wait for the disk: not for the thread
/// that moves packets. One thread at a time.</summary>
public sealed class SpooledStream
{
    internal SpooledStream() => throw new NotImplementedException();

    /// <summary>With the wrapped key.</summary>
    public StreamSidecar Sidecar => throw new NotImplementedException();

    /// <summary>Plaintext bytes kept so far.</summary>
    public long PlaintextLength => throw new NotImplementedException();

    /// <summary>Seals and writes one record; larger plaintext is split. At most a second of media a call.</summary>
    /// <param name="monotonicUs">Microseconds of a clock that never steps.</param>
    public SpoolOutcome Append(ReadOnlySpan<byte> plaintext, long utcUs, long monotonicUs) =>
        throw new NotImplementedException();

    /// <summary>fsync now, before the next of the spool.</summary>
    public SpoolOutcome Sync() => throw new NotImplementedException();

    /// <summary>As <see cref="Spool.UpdateReport"/> for this stream's owner.</summary>
    public SpoolOutcome UpdateReport(string path, ReadOnlySpan<byte> json) => throw new NotImplementedException();

    /// <summary>Writes the last record and fsyncs; the owner stays open for further streams. Idempotent.</summary>
    public SpoolOutcome Close() => throw new NotImplementedException();

    /// <summary><see cref="Close"/>, then <see cref="Spool.Finish"/> of the owner.</summary>
    public SpoolOutcome Finish(string path, ReadOnlySpan<byte> json) => throw new NotImplementedException();
}
