using System.Buffers.Binary;

namespace Tandem.Media.Mp4;

/// <summary>Reads a fragmented MP4 of video tracks, numbered as <see cref="FragmentedMp4Writer"/> does, as its plaintext comes, in pieces of any size: feed the bytes in
/// order from offset 0. It keeps no media, only what is in headers. A file cut anywhere gives every sample that is whole.</summary>
public sealed class FragmentScan
{
    private const int MaximumHeaderBytes = 16 << 20;

    private List<Mp4Sample>[] samples = [];
    private readonly List<byte> pending = [];
    private long boxStart;
    private long boxLength = -1;
    private bool skipping;
    private bool malformed;

    /// <summary>Bytes fed so far.</summary>
    public long Length { get; private set; }

    /// <summary>Empty until <c>moov</c> was whole.</summary>
    public IReadOnlyList<VideoTrack> Tracks { get; private set; } = [];

    /// <summary>Size of <c>ftyp</c> + <c>moov</c>, which a Media Source player needs first; 0 until known.</summary>
    public long InitLength { get; private set; }

    public ScanVerdict Verdict =>
        malformed ? ScanVerdict.Malformed : boxLength < 0 && pending.Count == 0 && Tracks.Count > 0 ? ScanVerdict.Complete : ScanVerdict.NeedMore;

    /// <summary>Samples of a track whose bytes were all fed, in decode order.</summary>
    /// <param name="track">Index in <see cref="Tracks"/>; of one that is not there, or not yet, there are none.</param>
    public IReadOnlyList<Mp4Sample> Samples(int track)
    {
        if (track >= samples.Length)
            return [];
        var all = samples[track];
        var count = all.Count;
        while (count > 0 && all[count - 1].Offset + all[count - 1].SizeBytes > Length)
            count--;
        return count == all.Count ? all : all.GetRange(0, count);
    }

    /// <summary>Takes the next bytes of the plaintext.</summary>
    public ScanVerdict Feed(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty && !malformed)
        {
            var taken = boxLength < 0 ? TakeHeader(bytes) : TakeBody(bytes);
            Length += taken;
            bytes = bytes[taken..];
            if (boxLength >= 0 && Length == boxStart + boxLength)
                CloseBox();
        }
        return Verdict;
    }

    private int TakeHeader(ReadOnlySpan<byte> bytes)
    {
        // size, type and, where size is 1, the 64-bit size (ISO/IEC 14496-12 section 4.2)
        if (pending.Count == 0)
            boxStart = Length;
        var wanted = pending.Count >= 8 ? 16 : 8;
        var taken = Math.Min(wanted - pending.Count, bytes.Length);
        pending.AddRange(bytes[..taken]);
        if (pending.Count < wanted)
            return taken;
        var header = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(pending);
        long size = BinaryPrimitives.ReadUInt32BigEndian(header);
        if (size == 1 && wanted == 8)
            return taken;
        if (size == 1)
            size = (long)Math.Min(BinaryPrimitives.ReadUInt64BigEndian(header[8..]), long.MaxValue);
        skipping = !IsHeaderBox(header[4..8]);
        malformed = size < header.Length || !skipping && size > MaximumHeaderBytes || size > long.MaxValue - boxStart;
        boxLength = size;
        return taken;
    }

    private static bool IsHeaderBox(ReadOnlySpan<byte> type) => type.SequenceEqual("moov"u8) || type.SequenceEqual("moof"u8);

    private int TakeBody(ReadOnlySpan<byte> bytes)
    {
        var taken = (int)Math.Min(boxStart + boxLength - Length, bytes.Length);
        if (!skipping)
            pending.AddRange(bytes[..taken]);
        return taken;
    }

    private void CloseBox()
    {
        if (!skipping)
        {
            var box = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(pending);
            malformed |= box[4..8].SequenceEqual("moov"u8) ? !ReadMovie(box) : !ReadFragment(box);
        }
        pending.Clear();
        boxLength = -1;
    }

    private bool ReadMovie(ReadOnlySpan<byte> box)
    {
        Tracks = MovieBox.Read(box);
        samples = [.. Tracks.Select(_ => new List<Mp4Sample>())];
        InitLength = Length;
        return Tracks.Count > 0;
    }

    private bool ReadFragment(ReadOnlySpan<byte> box) => MovieFragmentBox.Read(box, boxStart, samples);
}
