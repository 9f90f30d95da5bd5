using System.Buffers;

namespace Tandem.MediaControlPlatform.Recording;

/// <summary>The arrays that carry records from the media thread to the disk thread. A pool of their own, because the shared
/// one keeps what a thread gives back for that thread, and ours takes on one and gives back on the other.</summary>
internal static class RecordBuffers
{
    private const int LongestRecord = 64 * 1024;

    // Almost a second of a thousand calls, 16 MiB. What a disk that stands still holds up beyond that is left to the
    // collector: it must not stay for ever.
    private const int MostKept = 1024;

    public static ArrayPool<byte> Pool { get; } = ArrayPool<byte>.Create(LongestRecord, MostKept);
}
