using System.Text;

namespace Tandem.Media.Mp4;

/// <summary>The header boxes that fragmented and progressive files share (ISO/IEC 14496-12 §8).</summary>
internal static class Mp4Headers
{
    private static readonly uint[] UnityMatrix = [0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000];

    public static uint TrackId(int index) => (uint)index + 1;

    public static void FileType(BoxWriter boxes, string major, params ReadOnlySpan<string> compatible)
    {
        var ftyp = boxes.Begin("ftyp");
        boxes.FourCc(major);
        boxes.U32(0);
        foreach (var brand in compatible)
            boxes.FourCc(brand);
        boxes.End(ftyp);
    }

    public static void MovieHeader(BoxWriter boxes, uint timescale, ulong duration, int tracks)
    {
        var mvhd = boxes.BeginFull("mvhd", 1, 0);
        boxes.U64(0);
        boxes.U64(0);
        boxes.U32(timescale);
        boxes.U64(duration);
        boxes.U32(0x10000);
        boxes.U16(0x100);
        boxes.Zeros(10);
        Matrix(boxes);
        boxes.Zeros(24);
        boxes.U32(TrackId(tracks));
        boxes.End(mvhd);
    }

    public static void TrackHeader(BoxWriter boxes, VideoTrack track, uint id, ulong duration)
    {
        var tkhd = boxes.BeginFull("tkhd", 1, 3); // enabled, in movie
        boxes.U64(0);
        boxes.U64(0);
        boxes.U32(id);
        boxes.U32(0);
        boxes.U64(duration);
        boxes.Zeros(16);
        Matrix(boxes);
        boxes.U32((uint)track.Width << 16);
        boxes.U32((uint)track.Height << 16);
        boxes.End(tkhd);
    }

    public static void MediaHeader(BoxWriter boxes, VideoTrack track, ulong duration)
    {
        var mdhd = boxes.BeginFull("mdhd", 1, 0);
        boxes.U64(0);
        boxes.U64(0);
        boxes.U32(track.Timescale);
        boxes.U64(duration);
        boxes.U16(0x55C4); // "und"
        boxes.U16(0);
        boxes.End(mdhd);
        var hdlr = boxes.BeginFull("hdlr", 0, 0);
        boxes.U32(0);
        boxes.FourCc("vide");
        boxes.Zeros(12);
        boxes.Bytes(Encoding.UTF8.GetBytes(track.Name + '\0'));
        boxes.End(hdlr);
    }

    /// <returns>The handle of the open <c>minf</c>.</returns>
    public static int BeginMediaInformation(BoxWriter boxes)
    {
        var minf = boxes.Begin("minf");
        var vmhd = boxes.BeginFull("vmhd", 0, 1);
        boxes.Zeros(8);
        boxes.End(vmhd);
        var dinf = boxes.Begin("dinf");
        var dref = boxes.BeginFull("dref", 0, 0);
        boxes.U32(1);
        boxes.End(boxes.BeginFull("url ", 0, 1));
        boxes.End(dref);
        boxes.End(dinf);
        return minf;
    }

    public static void SampleDescriptions(BoxWriter boxes, IReadOnlyList<VideoTrack> tracks)
    {
        var stsd = boxes.BeginFull("stsd", 0, 0);
        boxes.U32((uint)tracks.Count);
        foreach (var track in tracks)
            SampleEntry(boxes, track);
        boxes.End(stsd);
    }

    public static void EmptyTable(BoxWriter boxes, string type)
    {
        var box = boxes.BeginFull(type, 0, 0);
        boxes.U32(0);
        boxes.End(box);
    }

    private static void SampleEntry(BoxWriter boxes, VideoTrack track)
    {
        var entry = boxes.Begin(CodecBoxes.Entry(track.Codec));
        boxes.Zeros(6);
        boxes.U16(1);
        boxes.Zeros(16);
        boxes.U16((ushort)track.Width);
        boxes.U16((ushort)track.Height);
        boxes.U32(0x480000);
        boxes.U32(0x480000);
        boxes.U32(0);
        boxes.U16(1);
        boxes.Zeros(32);
        boxes.U16(24);
        boxes.U16(0xFFFF);
        var configuration = boxes.Begin(CodecBoxes.Configuration(track.Codec));
        boxes.Bytes(track.ConfigurationOrDefault().Span);
        boxes.End(configuration);
        var colr = boxes.Begin("colr"); // BT.709, limited range: what the encoder is fed
        boxes.FourCc("nclx");
        boxes.U16(1);
        boxes.U16(1);
        boxes.U16(1);
        boxes.U8(0);
        boxes.End(colr);
        boxes.End(entry);
    }

    private static void Matrix(BoxWriter boxes)
    {
        foreach (var value in UnityMatrix)
            boxes.U32(value);
    }
}
