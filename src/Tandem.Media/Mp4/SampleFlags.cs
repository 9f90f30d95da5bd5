namespace Tandem.Media.Mp4;

/// <summary>ISO/IEC 14496-12 §8.8.3.1.</summary>
internal static class SampleFlags
{
    /// <summary>Depends on no other.</summary>
    public const uint Key = 0x02000000;

    /// <summary>Depends on others, and is no sync sample.</summary>
    public const uint Delta = 0x01010000;

    public const uint NonSync = 0x00010000;
}
