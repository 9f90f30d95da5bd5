namespace Tandem.Safekeeping.Sealing;

/// <summary>A record is not what was sealed: altered, moved, from another stream, or the key is another's.</summary>
public sealed class SealBrokenException(string message, long recordIndex) : IOException(message)
{
    public long RecordIndex { get; } = recordIndex;
}
