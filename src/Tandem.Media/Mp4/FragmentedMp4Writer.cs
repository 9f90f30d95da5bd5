namespace Tandem.Media.Mp4;

/// <summary>Writes video tracks as fragmented MP4 (ISO/IEC 14496-12 §8.8): bytes out, no I/O. The init segment goes first,
/// then any number of fragments, each of one track and playable as soon as it is on disk.</summary>
/// <param name="tracks">At least one; their ids are 1, 2 and so on.</param>
public sealed class FragmentedMp4Writer(params IReadOnlyList<VideoTrack> tracks)
{
    private uint sequence;

    /// <summary><c>ftyp</c> and <c>moov</c> with <c>mvex</c>; no duration, for it is not known yet.</summary>
    public byte[] InitSegment() => Init([.. Enumerable.Range(0, tracks.Count)]);

    /// <summary>The init segment of a player that takes one track only.</summary>
    /// <param name="track">Index of the only one in it; it keeps its id.</param>
    public byte[] InitSegment(int track) => Init([track]);

    /// <summary>One <c>moof</c> with its <c>mdat</c>.</summary>
    /// <param name="track">Index of the one they belong to.</param>
    /// <param name="samples">At least one, in decode order.</param>
    /// <param name="baseDecodeTime">Ticks from the file's start to the first of <paramref name="samples"/>.</param>
    public byte[] Fragment(int track, IReadOnlyList<FragmentSample> samples, ulong baseDecodeTime)
    {
        ArgumentOutOfRangeException.ThrowIfZero(samples.Count);
        var payload = samples.Sum(s => (long)s.Data.Length);
        var boxes = new BoxWriter(checked((int)(payload + 128 + samples.Count * 12L)));
        var moof = boxes.Begin("moof");
        var mfhd = boxes.BeginFull("mfhd", 0, 0);
        boxes.U32(++sequence);
        boxes.End(mfhd);
        var traf = boxes.Begin("traf");
        var tfhd = boxes.BeginFull("tfhd", 0, 0x020000); // default-base-is-moof
        boxes.U32(Mp4Headers.TrackId(track));
        boxes.End(tfhd);
        var tfdt = boxes.BeginFull("tfdt", 1, 0);
        boxes.U64(baseDecodeTime);
        boxes.End(tfdt);
        var dataOffsetAt = WriteRun(boxes, samples);
        boxes.End(traf);
        boxes.End(moof);
        boxes.PatchU32(dataOffsetAt, (uint)(boxes.Length + 8));
        var mdat = boxes.Begin("mdat");
        foreach (var sample in samples)
            boxes.Bytes(sample.Data.Span);
        boxes.End(mdat);
        return boxes.ToArray();
    }

    private byte[] Init(int[] chosen)
    {
        var boxes = new BoxWriter(640 * chosen.Length);
        Mp4Headers.FileType(boxes, "iso6", "iso6", "cmfc", "mp41");
        var moov = boxes.Begin("moov");
        Mp4Headers.MovieHeader(boxes, tracks[0].Timescale, 0, tracks.Count);
        foreach (var track in chosen)
            WriteTrack(boxes, track);
        WriteExtends(boxes, chosen);
        boxes.End(moov);
        return boxes.ToArray();
    }

    private void WriteTrack(BoxWriter boxes, int index)
    {
        var track = tracks[index];
        var trak = boxes.Begin("trak");
        Mp4Headers.TrackHeader(boxes, track, Mp4Headers.TrackId(index), 0);
        var mdia = boxes.Begin("mdia");
        Mp4Headers.MediaHeader(boxes, track, 0);
        var minf = Mp4Headers.BeginMediaInformation(boxes);
        var stbl = boxes.Begin("stbl");
        Mp4Headers.SampleDescriptions(boxes, [track]);
        foreach (var empty in (ReadOnlySpan<string>)["stts", "stsc", "stco"])
            Mp4Headers.EmptyTable(boxes, empty);
        var stsz = boxes.BeginFull("stsz", 0, 0);
        boxes.U32(0);
        boxes.U32(0);
        boxes.End(stsz);
        boxes.End(stbl);
        boxes.End(minf);
        boxes.End(mdia);
        boxes.End(trak);
    }

    /// <returns>Where the data offset must be patched in.</returns>
    private static int WriteRun(BoxWriter boxes, IReadOnlyList<FragmentSample> samples)
    {
        // data offset, and per sample: duration, size, flags
        var trun = boxes.BeginFull("trun", 0, 0x000701);
        boxes.U32((uint)samples.Count);
        var dataOffsetAt = boxes.Length;
        boxes.U32(0);
        foreach (var sample in samples)
        {
            boxes.U32(sample.Duration);
            boxes.U32((uint)sample.Data.Length);
            boxes.U32(sample.Key ? SampleFlags.Key : SampleFlags.Delta);
        }
        boxes.End(trun);
        return dataOffsetAt;
    }

    private static void WriteExtends(BoxWriter boxes, int[] chosen)
    {
        var mvex = boxes.Begin("mvex");
        foreach (var track in chosen)
        {
            var trex = boxes.BeginFull("trex", 0, 0);
            boxes.U32(Mp4Headers.TrackId(track));
            boxes.U32(1);
            boxes.U32(0);
            boxes.U32(0);
            boxes.U32(SampleFlags.Delta);
            boxes.End(trex);
        }
        boxes.End(mvex);
    }
}
