namespace Tandem.Media.Mp4;

/// <summary>Writes <c>ftyp</c>, <c>moov</c> and the header of <c>mdat</c> for a <see cref="ProgressiveLayout"/>.</summary>
internal static class ProgressiveHeader
{
    public static byte[] Write(ProgressiveLayout layout)
    {
        var boxes = new BoxWriter(layout.Tables.Sum(table => 1024 + table.Sizes.Count * 16));
        Mp4Headers.FileType(boxes, "isom", "isom", "iso2", "mp41");
        var moov = boxes.Begin("moov");
        Mp4Headers.MovieHeader(boxes, ProgressiveTable.Timescale, (ulong)layout.DurationMs, layout.Tables.Count);
        var offsetsAt = layout.Tables.Select((table, index) => WriteTrack(boxes, table, index)).ToList();
        boxes.End(moov);
        WriteMediaDataHeader(boxes, layout);
        PatchChunkOffsets(boxes, layout, offsetsAt);
        return boxes.ToArray();
    }

    /// <returns>Where the chunk offsets must be patched in.</returns>
    private static int WriteTrack(BoxWriter boxes, ProgressiveTable table, int index)
    {
        var largest = table.Descriptions.MaxBy(d => (long)d.Width * d.Height)!;
        var track = largest with { Timescale = ProgressiveTable.Timescale, Name = table.Name };
        var trak = boxes.Begin("trak");
        Mp4Headers.TrackHeader(boxes, track, Mp4Headers.TrackId(index), (ulong)table.DurationMs);
        if (table.TimesMs[0] > 0)
            WriteDelay(boxes, table);
        var mdia = boxes.Begin("mdia");
        Mp4Headers.MediaHeader(boxes, track, (ulong)(table.DurationMs - table.TimesMs[0]));
        var minf = Mp4Headers.BeginMediaInformation(boxes);
        var stbl = boxes.Begin("stbl");
        Mp4Headers.SampleDescriptions(boxes, table.Descriptions);
        WriteTimes(boxes, table);
        WriteKeys(boxes, table);
        WriteChunkMap(boxes, table);
        WriteSizes(boxes, table);
        var offsetsAt = ReserveChunkOffsets(boxes, table);
        boxes.End(stbl);
        boxes.End(minf);
        boxes.End(mdia);
        boxes.End(trak);
        return offsetsAt;
    }

    /// <summary>An empty edit: the first picture comes after the recording's start.</summary>
    private static void WriteDelay(BoxWriter boxes, ProgressiveTable table)
    {
        var edts = boxes.Begin("edts");
        var elst = boxes.BeginFull("elst", 1, 0);
        boxes.U32(2);
        boxes.U64((ulong)table.TimesMs[0]);
        boxes.U64(ulong.MaxValue);
        boxes.U32(0x10000);
        boxes.U64((ulong)(table.DurationMs - table.TimesMs[0]));
        boxes.U64(0);
        boxes.U32(0x10000);
        boxes.End(elst);
        boxes.End(edts);
    }

    private static void WriteTimes(BoxWriter boxes, ProgressiveTable table)
    {
        var stts = boxes.BeginFull("stts", 0, 0);
        var countAt = boxes.Length;
        boxes.U32(0);
        var entries = 0u;
        for (var i = 0; i < table.Sizes.Count;)
        {
            var duration = table.DurationOf(i);
            var run = 1;
            while (i + run < table.Sizes.Count && table.DurationOf(i + run) == duration)
                run++;
            boxes.U32((uint)run);
            boxes.U32(duration);
            entries++;
            i += run;
        }
        boxes.PatchU32(countAt, entries);
        boxes.End(stts);
    }

    private static void WriteKeys(BoxWriter boxes, ProgressiveTable table)
    {
        var stss = boxes.BeginFull("stss", 0, 0);
        boxes.U32((uint)table.Keys.Count);
        foreach (var key in table.Keys)
            boxes.U32(key);
        boxes.End(stss);
    }

    private static void WriteChunkMap(BoxWriter boxes, ProgressiveTable table)
    {
        var stsc = boxes.BeginFull("stsc", 0, 0);
        var countAt = boxes.Length;
        boxes.U32(0);
        var entries = 0u;
        for (var i = 0; i < table.Chunks.Count; i++)
        {
            if (i > 0 && table.SamplesPerChunk[i] == table.SamplesPerChunk[i - 1] && table.DescriptionOfChunk[i] == table.DescriptionOfChunk[i - 1])
                continue;
            boxes.U32((uint)i + 1);
            boxes.U32((uint)table.SamplesPerChunk[i]);
            boxes.U32((uint)table.DescriptionOfChunk[i]);
            entries++;
        }
        boxes.PatchU32(countAt, entries);
        boxes.End(stsc);
    }

    private static void WriteSizes(BoxWriter boxes, ProgressiveTable table)
    {
        var stsz = boxes.BeginFull("stsz", 0, 0);
        boxes.U32(0);
        boxes.U32((uint)table.Sizes.Count);
        foreach (var size in table.Sizes)
            boxes.U32((uint)size);
        boxes.End(stsz);
    }

    private static int ReserveChunkOffsets(BoxWriter boxes, ProgressiveTable table)
    {
        var co64 = boxes.BeginFull("co64", 0, 0);
        boxes.U32((uint)table.Chunks.Count);
        var at = boxes.Length;
        boxes.Zeros(table.Chunks.Count * 8);
        boxes.End(co64);
        return at;
    }

    private static void WriteMediaDataHeader(BoxWriter boxes, ProgressiveLayout layout)
    {
        boxes.U32(1); // the size follows as 64 bits
        boxes.FourCc("mdat");
        boxes.U64((ulong)(16 + layout.Runs.Sum(r => r.Length)));
    }

    private static void PatchChunkOffsets(BoxWriter boxes, ProgressiveLayout layout, List<int> offsetsAt)
    {
        var starts = new ulong[layout.Runs.Count];
        var offset = (ulong)boxes.Length;
        for (var i = 0; i < starts.Length; i++)
        {
            starts[i] = offset;
            offset += (ulong)layout.Runs[i].Length;
        }
        foreach (var (table, at) in layout.Tables.Zip(offsetsAt))
        {
            for (var i = 0; i < table.Chunks.Count; i++)
                boxes.PatchU64(at + 8 * i, starts[table.Chunks[i]]);
        }
    }
}
