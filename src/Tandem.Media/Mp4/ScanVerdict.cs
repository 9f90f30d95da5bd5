namespace Tandem.Media.Mp4;

public enum ScanVerdict
{
    /// <summary>All bytes so far are understood; more may come. The samples found are valid.</summary>
    NeedMore,

    /// <summary>The bytes end exactly where a box ends.</summary>
    Complete,

    /// <summary>Not a fragmented MP4 of VP9, H.264 or AV1 tracks from here on; the samples found before stay valid.</summary>
    Malformed,
}
