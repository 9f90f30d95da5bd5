using System.Buffers.Binary;

namespace Tandem.Media.Mp4;

/// <summary>Reads what we need of <c>moov</c>.</summary>
internal static class MovieBox
{
    /// <returns>Empty where there is no track, or one of an unknown codec.</returns>
    public static IReadOnlyList<VideoTrack> Read(ReadOnlySpan<byte> moov)
    {
        var tracks = new List<VideoTrack>();
        var boxes = new BoxReader(BoxReader.Find(moov, "moov"));
        while (boxes.Next())
        {
            if (!BoxReader.IsType(boxes.Type, "trak"))
                continue;
            if (ReadTrack(boxes.Body) is not { } track)
                return [];
            tracks.Add(track);
        }
        return tracks;
    }

    private static VideoTrack? ReadTrack(ReadOnlySpan<byte> trak)
    {
        var mdia = BoxReader.Find(trak, "mdia");
        var mdhd = BoxReader.Find(mdia, "mdhd");
        var stsd = BoxReader.Find(mdia, "minf", "stbl", "stsd");
        if (mdhd.Length < 24 || stsd.Length < 8)
            return null;
        // version 1 has 64-bit times before the timescale
        var timescaleAt = mdhd[0] == 1 ? 20 : 12;
        var timescale = BinaryPrimitives.ReadUInt32BigEndian(mdhd[timescaleAt..]);
        var entries = new BoxReader(stsd[8..]);
        if (timescale == 0 || !entries.Next() || entries.Body.Length < 78)
            return null;
        if (CodecBoxes.Read(entries.Type, entries.Body[78..]) is not var (codec, configuration))
            return null;
        return new VideoTrack(
            codec,
            BinaryPrimitives.ReadUInt16BigEndian(entries.Body[24..]),
            BinaryPrimitives.ReadUInt16BigEndian(entries.Body[26..]),
            timescale,
            configuration);
    }
}
