using Tandem.Contracts.Media;

namespace Tandem.MediaControlPlatform.Recording;

/// <summary>What a report says of its streams, after what they really hold: a full disk or a crash cuts a stream short.</summary>
internal static class HeldMedia
{
    /// <summary>The cause of a gap where the disk took no more.</summary>
    public const string DiskFull = "disk-full";

    /// <summary>Every part and stem as long as its stream; what a part lacks is a gap. One whose stream is not there never was,
    /// and nobody must wait for it.</summary>
    /// <param name="heldBytes">Plaintext bytes, by stream id.</param>
    /// <param name="filled">Gaps too, though there is something in their place.</param>
    public static VoiceSegmentReport Mend(
        VoiceSegmentReport report, IReadOnlyDictionary<string, long> heldBytes, IReadOnlyList<FilledStretch> filled)
    {
        var parts = report.Parts.Where(part => heldBytes.ContainsKey(part.StreamId))
            .Select(part => part with { DurationMs = Ms(heldBytes[part.StreamId], 2, part.MediaType, part.Rate) }).ToList();
        var stems = (report.Stems ?? []).Where(stem => heldBytes.ContainsKey(stem.StreamId))
            .Select(stem => stem with { DurationMs = Ms(heldBytes[stem.StreamId], 1, stem.MediaType, stem.Rate) }).ToList();
        var lacks = report.Parts.Select(part => (part, HeldMs: parts.Find(one => one.StreamId == part.StreamId)?.DurationMs ?? 0))
            .Where(one => one.HeldMs < one.part.DurationMs)
            .Select(one => new MediaInterval(one.part.StartMs + one.HeldMs, one.part.StartMs + one.part.DurationMs, DiskFull));
        var holes = from stretch in filled
                    let part = parts.Find(one => one.StreamId == stretch.StreamId)
                    where part is not null
                    select new MediaInterval(
                        part.StartMs + Ms(stretch.FromByte, 2, part.MediaType, part.Rate),
                        part.StartMs + Ms(stretch.ToByte, 2, part.MediaType, part.Rate), DiskFull);
        return report with
        {
            Parts = parts,
            Stems = stems,
            Gaps = [.. (report.Gaps ?? []).Concat(lacks).Concat(holes).OrderBy(gap => gap.StartMs)],
        };
    }

    private static long Ms(long bytes, int channels, string mediaType, int rate)
    {
        var sampleBytes = mediaType == PartFormat.Wide.MediaType ? PartFormat.Wide.SampleBytes : PartFormat.ALaw.SampleBytes;
        return bytes / (channels * sampleBytes) * 1000 / rate;
    }
}
