namespace Tandem.Safekeeping.Sealing;

/// <summary>Where a record stands in its sealed stream, and what it claims.</summary>
/// <param name="SealedOffset">Of its header in the sealed stream.</param>
public readonly record struct SealedRecord(long SealedOffset, RecordHeader Header)
{
    public long SealedEnd => SealedOffset + Header.RecordLength;
    public long PlaintextEnd => Header.PlaintextOffset + Header.PlaintextLength;
}
