namespace Tandem.Media.Mp4;

public enum ScanVerdict
{
    /// <summary>All bytes so far are understood; more may come. The samples found are valid.</summary>
    NeedMore,

    /// <summary>The bytes end exactly where a box ends.</summary>
    Complete,

    /// <summary>Not a fragmented MP4 of one video track from here on; the samples found before stay valid.</summary>
    Malformed,
}
