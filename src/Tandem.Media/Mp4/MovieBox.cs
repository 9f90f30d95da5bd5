using System.Buffers.Binary;

namespace Tandem.Media.Mp4;

/// <summary>Reads what we need of <c>moov</c>.</summary>
internal static class MovieBox
{
    /// <returns>Null where there is no VP9 or H.264 track.</returns>
    public static VideoTrack? Read(ReadOnlySpan<byte> moov)
    {
        var mdia = BoxReader.Find(moov, "moov", "trak", "mdia");
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
        var codec = entries.Type.SequenceEqual("vp09"u8) ? VideoCodec.Vp9 : VideoCodec.H264;
        if (codec == VideoCodec.H264 && !entries.Type.SequenceEqual("avc1"u8))
            return null;
        var configuration = BoxReader.Find(entries.Body[78..], codec == VideoCodec.Vp9 ? "vpcC" : "avcC");
        if (configuration.Length < 7)
            return null;
        return new VideoTrack(
            codec,
            BinaryPrimitives.ReadUInt16BigEndian(entries.Body[24..]),
            BinaryPrimitives.ReadUInt16BigEndian(entries.Body[26..]),
            timescale,
            configuration.ToArray());
    }
}
