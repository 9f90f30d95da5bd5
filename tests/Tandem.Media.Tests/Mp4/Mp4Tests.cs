using Tandem.Media.Mp4;

namespace Tandem.Media.Tests.Mp4;

public sealed class Mp4Tests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("tandem-mp4-").FullName;

    public void Dispose() => Directory.Delete(folder, true);

    [Fact]
    public void FfmpegReadsTheFragmentedFileAndItsTimes()
    {
        var file = Write(Fragmented(Pictures(), out _));
        Assert.Equal(ExpectedTimes(), Times(file));
    }

    [Fact]
    public void TheScanFindsEverySampleWhateverTheSizeOfThePieces()
    {
        var pictures = Pictures();
        var bytes = Fragmented(pictures, out var track);
        foreach (var piece in (int[])[1, 7, 1000, bytes.Length])
        {
            var scan = new FragmentScan();
            for (var at = 0; at < bytes.Length; at += piece)
                scan.Feed(bytes.AsSpan(at, Math.Min(piece, bytes.Length - at)));
            Assert.Equal(ScanVerdict.Complete, scan.Verdict);
            Assert.Equal(track.CodecString, scan.Tracks[0].CodecString);
            Assert.Equal((320, 200), (scan.Tracks[0].Width, scan.Tracks[0].Height));
            Assert.Equal(pictures, scan.Samples(0).Select(s => bytes.AsSpan((int)s.Offset, s.SizeBytes).ToArray()));
            Assert.Equal(Enumerable.Range(0, 25).Select(i => i % 10 == 0), scan.Samples(0).Select(s => s.Key));
        }
    }

    [Fact]
    public void EveryCutLeavesExactlyTheWholeSamples()
    {
        var bytes = Fragmented(Pictures(), out _);
        var whole = Scan(bytes).Samples(0);
        for (var cut = 0; cut < bytes.Length; cut += 13)
        {
            var scan = Scan(bytes[..cut]);
            Assert.NotEqual(ScanVerdict.Malformed, scan.Verdict);
            // a sample counts once its moof and all of its own bytes are there
            Assert.Equal(whole.Take(scan.Samples(0).Count), scan.Samples(0));
            Assert.All(scan.Samples(0), s => Assert.True(s.Offset + s.SizeBytes <= cut));
        }
    }

    [Fact]
    public void DamagedBytesNeverThrow()
    {
        var bytes = Fragmented(Pictures(), out _);
        var random = new Random(5);
        for (var i = 0; i < 3000; i++)
        {
            var damaged = bytes.ToArray();
            for (var n = 0; n < 3; n++)
                damaged[random.Next(1500)] = (byte)random.Next(256);
            Scan(damaged);
        }
    }

    [Fact]
    public void TheProgressiveFileHasTheSamePicturesAtTheSameTimes()
    {
        var source = Fragmented(Pictures(), out _);
        var scan = Scan(source);
        var mp4 = ProgressiveMp4.Build([new ProgressivePart([new PartTrack(scan.Tracks[0], scan.Samples(0))], 0, 5_000)]);
        var file = Write(Materialize(mp4, 0, mp4.Length, source));
        Assert.Equal(5_000, mp4.DurationMs);
        Assert.Equal(ExpectedTimes(), Times(file));
        Assert.Equal(Hashes(Write(source)), Hashes(file));
    }

    [Fact]
    public void AnyByteRangeIsTheSameBytes()
    {
        var source = Fragmented(Pictures(), out _);
        var scan = Scan(source);
        var mp4 = ProgressiveMp4.Build([new ProgressivePart([new PartTrack(scan.Tracks[0], scan.Samples(0))], 0)]);
        var whole = Materialize(mp4, 0, mp4.Length, source);
        var random = new Random(3);
        for (var i = 0; i < 500; i++)
        {
            var offset = random.NextInt64(mp4.Length);
            var length = random.NextInt64(mp4.Length - offset + 1);
            Assert.True(whole.AsSpan((int)offset, (int)length).SequenceEqual(Materialize(mp4, offset, length, source)));
        }
        Assert.Throws<ArgumentOutOfRangeException>(() => mp4.Map(0, mp4.Length + 1));
    }

    [Fact]
    public void TwoPartsOfDifferentSizeFollowEachOther()
    {
        var first = Fragmented(Pictures(), out _);
        var secondTrack = new VideoTrack(VideoCodec.Vp9, 160, 120, 1_000);
        var second = Fragmented(Ivf.Encode(folder, 160, 120, 5), secondTrack);
        var (a, b) = (Scan(first), Scan(second));
        var mp4 = ProgressiveMp4.Build(
            [new ProgressivePart([new PartTrack(a.Tracks[0], a.Samples(0))], 0), new ProgressivePart([new PartTrack(b.Tracks[0], b.Samples(0))], 4_000)]);
        var times = Times(Write(Materialize(mp4, 0, mp4.Length, first, second)));
        Assert.Equal([.. ExpectedTimes(), 4.0, 4.1, 4.2, 4.3, 4.4], times);
    }

    [Fact]
    public void TwoTracksWhoseFragmentsTakeTurnsAreReadEachForItself()
    {
        var (left, right) = (Ivf.Encode(folder, 320, 200, 10), Ivf.Encode(folder, 160, 120, 20));
        var writer = new FragmentedMp4Writer(
            new VideoTrack(VideoCodec.Vp9, 320, 200, 1_000, Name: "left"), new VideoTrack(VideoCodec.Vp9, 160, 120, 1_000, Name: "right"));
        var bytes = new List<byte>(writer.InitSegment());
        for (var i = 0; i < 10; i++)
        {
            bytes.AddRange(writer.Fragment(0, [new FragmentSample(left[i], 200, i == 0)], (ulong)i * 200));
            bytes.AddRange(writer.Fragment(
                1, [new FragmentSample(right[2 * i], 100, i % 5 == 0), new FragmentSample(right[2 * i + 1], 100, false)], (ulong)i * 200));
        }
        var source = bytes.ToArray();
        var scan = Scan(source);
        Assert.Equal(ScanVerdict.Complete, scan.Verdict);
        Assert.Equal([(320, 200), (160, 120)], scan.Tracks.Select(t => (t.Width, t.Height)));
        Assert.Equal(left, scan.Samples(0).Select(s => source.AsSpan((int)s.Offset, s.SizeBytes).ToArray()));
        Assert.Equal(right, scan.Samples(1).Select(s => source.AsSpan((int)s.Offset, s.SizeBytes).ToArray()));
        var file = Write(source);
        Assert.Equal(Enumerable.Range(0, 10).Select(i => i / 5.0), Times(file, "v:0"));
        Assert.Equal(Enumerable.Range(0, 20).Select(i => i / 10.0), Times(file, "v:1"));
        Assert.Contains("handler_name=right", Ivf.Run("ffprobe", $"-v error -select_streams v:1 -show_entries stream_tags=handler_name -of default {file}"));
    }

    [Fact]
    public void ATracksOwnInitSegmentMakesAFileOfItsFragments()
    {
        var pictures = Ivf.Encode(folder, 160, 120, 5);
        var writer = new FragmentedMp4Writer(new VideoTrack(VideoCodec.Vp9, 320, 200, 1_000), new VideoTrack(VideoCodec.Vp9, 160, 120, 1_000));
        var file = Write([.. writer.InitSegment(1), .. writer.Fragment(1, [.. pictures.Select((p, i) => new FragmentSample(p, 100, i == 0))], 0)]);
        Assert.Equal([0, 0.1, 0.2, 0.3, 0.4], Times(file));
    }

    private List<byte[]> Pictures() => Ivf.Encode(folder, 320, 200, 25);

    /// <summary>Ten a second, and a still second between 10 and 11.</summary>
    private static double[] ExpectedTimes() => [.. Enumerable.Range(0, 25).Select(i => TimeMs(i) / 1000.0)];

    private static long TimeMs(int index) => index * 100 + (index > 10 ? 1_000 : 0);

    private static byte[] Fragmented(List<byte[]> pictures, out VideoTrack track) =>
        Fragmented(pictures, track = new VideoTrack(VideoCodec.Vp9, 320, 200, 1_000));

    private static byte[] Fragmented(List<byte[]> pictures, VideoTrack track)
    {
        var writer = new FragmentedMp4Writer(track);
        var bytes = new List<byte>(writer.InitSegment());
        foreach (var group in pictures.Index().Chunk(7))
        {
            var samples = group.Select(p => new FragmentSample(p.Item, 100, p.Index % 10 == 0)).ToArray();
            // the one before the still second is last in its fragment only by chance of numbers: its true end is the next time
            var byTime = samples.Index().GroupBy(s => TimeMs(group[s.Index].Index) - s.Index * 100);
            foreach (var run in byTime)
                bytes.AddRange(writer.Fragment(0, [.. run.Select(s => s.Item)], (ulong)TimeMs(group[run.First().Index].Index)));
        }
        return [.. bytes];
    }

    private static FragmentScan Scan(byte[] bytes)
    {
        var scan = new FragmentScan();
        scan.Feed(bytes);
        return scan;
    }

    private static byte[] Materialize(ProgressiveMp4 mp4, long offset, long length, params byte[][] sources) =>
        [.. mp4.Map(offset, length).SelectMany(r =>
            (r.Part < 0 ? mp4.Header.ToArray() : sources[r.Part]).AsSpan((int)r.Offset, (int)r.Length).ToArray())];

    private string Write(byte[] bytes)
    {
        var path = Path.Combine(folder, Guid.NewGuid() + ".mp4");
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private static double[] Times(string file, string stream = "v") =>
        [.. Ivf.Run("ffprobe", $"-v error -select_streams {stream} -show_entries frame=pts_time -of csv=p=0 {file}")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => Math.Round(double.Parse(line.TrimEnd(',')), 3))];

    private static string[] Hashes(string file) =>
        [.. Ivf.Run("ffmpeg", $"-v error -i {file} -fps_mode passthrough -f framemd5 -").Split('\n')
            .Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split(',')[^1])];
}
