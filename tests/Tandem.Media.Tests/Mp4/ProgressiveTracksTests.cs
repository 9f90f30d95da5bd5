using Tandem.Media.Mp4;

namespace Tandem.Media.Tests.Mp4;

/// <summary>Several tracks in a progressive file: monitors that come and go from part to part, each picture known by its
/// grey.</summary>
public sealed class ProgressiveTracksTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("tandem-tracks-").FullName;
    private readonly Shade shade;
    private readonly List<byte[]> sources = [];
    private readonly List<ProgressivePart> parts = [];

    public ProgressiveTracksTests() => shade = new Shade(folder);

    public void Dispose() => Directory.Delete(folder, true);

    [Fact]
    public void EachMonitorsPicturesStandAtTheirTimesAndBlackWhereItWasNotConnected()
    {
        ThreeParts();
        var mp4 = ProgressiveMp4.Build(parts);
        var file = Write(Bytes(mp4, 0, mp4.Length));
        Assert.Equal(4_000, mp4.DurationMs);
        Assert.Equal(["DP-1", "HDMI-1"], Names(file));
        AssertSeen(
            [(0, 40), (100, 50), (200, 60), (300, 70), (1_500, 80), (1_600, 90), (2_500, 100), (2_600, 110)], Shade.Seen(file, 0));
        AssertSeen([(30, 145), (130, 155), (1_500, Shade.Black), (2_500, 165), (2_600, 175)], Shade.Seen(file, 1));
    }

    [Fact]
    public void OneMonitorAloneIsTheSamePicturesAndNoByteOfTheOthers()
    {
        ThreeParts();
        var mp4 = ProgressiveMp4.Build(parts, ["HDMI-1"]);
        var file = Write(Bytes(mp4, 0, mp4.Length));
        Assert.Equal(4_000, mp4.DurationMs);
        Assert.Equal(["HDMI-1"], Names(file));
        AssertSeen([(30, 145), (130, 155), (1_500, Shade.Black), (2_500, 165), (2_600, 175)], Shade.Seen(file, 0));
        var own = parts.SelectMany((part, i) => part.Tracks.Where(track => track.Track.Name == "HDMI-1")
            .SelectMany(track => track.Samples).SelectMany(sample => sources[i].AsSpan((int)sample.Offset, sample.SizeBytes).ToArray()));
        Assert.Equal(own, mp4.Map(0, mp4.Length).Where(range => range.Part >= 0)
            .SelectMany(range => sources[range.Part].AsSpan((int)range.Offset, (int)range.Length).ToArray()));
    }

    [Fact]
    public void AnyRangeOfBytesIsThatOfTheWhole()
    {
        ThreeParts();
        var mp4 = ProgressiveMp4.Build(parts);
        var whole = Bytes(mp4, 0, mp4.Length);
        Assert.Equal(mp4.Length, whole.Length);
        var random = new Random(5);
        for (var i = 0; i < 500; i++)
        {
            var start = random.Next(whole.Length);
            var length = random.Next(whole.Length - start + 1);
            Assert.Equal(whole.AsSpan(start, length).ToArray(), Bytes(mp4, start, length));
        }
    }

    [Fact]
    public void TheSourcesAreReadFromFrontToBack()
    {
        ThreeParts();
        var mp4 = ProgressiveMp4.Build(parts);
        var read = mp4.Map(0, mp4.Length).Where(range => range.Part >= 0).Select(range => ((long)range.Part << 32) + range.Offset).ToList();
        Assert.Equal(read.Order(), read);
        Assert.True(read.Count > 10, "the fragments of two monitors take turns");
    }

    [Fact]
    public void APartOfOnePictureBetweenOthersIsATrackOfItsOwn()
    {
        Part(0, Track("DP-1", 64, 48, 0, [40, 50]), Track("HDMI-1", 32, 24, 0, [145, 155]));
        Part(1_000, Track("Screen", 96, 48, 0, [200, 210]));
        Part(2_000, Track("DP-1", 64, 48, 0, [60]), Track("HDMI-1", 32, 24, 0, [165]));
        var mp4 = ProgressiveMp4.Build(parts, ["Screen", "DP-1", "HDMI-1", "unknown"]);
        var file = Write(Bytes(mp4, 0, mp4.Length));
        Assert.Equal(["Screen", "DP-1", "HDMI-1"], Names(file));
        AssertSeen([(0, Shade.Black), (1_000, 200), (1_100, 210), (2_000, Shade.Black)], Shade.Seen(file, 0));
        AssertSeen([(0, 40), (100, 50), (1_000, Shade.Black), (2_000, 60)], Shade.Seen(file, 1));
        AssertSeen([(0, 145), (100, 155), (1_000, Shade.Black), (2_000, 165)], Shade.Seen(file, 2));
    }

    [Fact]
    public void APartThatIsNotHereIsBlackAndNotThePictureBeforeIt()
    {
        Part(0, Track("Screen", 64, 48, 0, [40, 50]));
        parts.Add(new ProgressivePart([], 500, 400));
        sources.Add([]);
        Part(1_000, Track("Screen", 64, 48, 0, [60]));
        var mp4 = ProgressiveMp4.Build(parts);
        AssertSeen([(0, 40), (100, 50), (500, Shade.Black), (1_000, 60)], Shade.Seen(Write(Bytes(mp4, 0, mp4.Length)), 0));
        parts.RemoveAt(2);
        Assert.Equal(900, ProgressiveMp4.Build(parts).DurationMs);
    }

    [Fact]
    public void BlackNeverStandsAtTheInstantOfAPicture()
    {
        Part(0, Track("Screen", 64, 48, 0, [40, 50]));
        parts.Add(new ProgressivePart([], 100, 400));
        AssertSeen([(0, 40), (100, 50), (101, Shade.Black)], Shade.Seen(Write(Bytes(ProgressiveMp4.Build(parts))), 0));
    }

    [Theory]
    [InlineData(VideoCodec.H264)]
    [InlineData(VideoCodec.Av1)]
    public void BlackIsCodedAsTheTrackIs(VideoCodec codec)
    {
        var (pictures, configuration) = codec == VideoCodec.H264 ? shade.H264(64, 48, [40, 50, 60]) : shade.Av1(64, 48, [40, 50, 60]);
        var (later, _) = codec == VideoCodec.H264 ? shade.H264(64, 48, [70]) : shade.Av1(64, 48, [70]);
        Part(0, (new VideoTrack(codec, 64, 48, 1_000, configuration, "DP-1"), 0, pictures));
        Part(500, Track("HDMI-1", 64, 48, 0, [145]));
        Part(1_000, (new VideoTrack(codec, 64, 48, 1_000, configuration, "DP-1"), 0, later));
        var mp4 = ProgressiveMp4.Build(parts);
        var file = Write(Bytes(mp4, 0, mp4.Length));
        AssertSeen([(0, 40), (100, 50), (200, 60), (500, Shade.Black), (1_000, 70)], Shade.Seen(file, 0));
        AssertSeen([(0, Shade.Black), (500, 145), (1_000, Shade.Black)], Shade.Seen(file, 1));
    }

    [Fact]
    public void H264KeyFramesOfATrackWithSeveralParameterSetsBringTheirsAlong()
    {
        var (small, smallSets) = shade.H264(64, 48, [40, 50]);
        var (large, largeSets) = shade.H264(96, 64, [60, 70]);
        Part(0, (new VideoTrack(VideoCodec.H264, 64, 48, 1_000, smallSets, "DP-1"), 0, small));
        var alone = ProgressiveMp4.Build(parts);
        Assert.Equal(-1, Bytes(alone, 0, alone.Length).AsSpan().IndexOf(WithSets(smallSets, small[0])));
        Part(1_000, (new VideoTrack(VideoCodec.H264, 96, 64, 1_000, largeSets, "DP-1"), 0, large));
        var mp4 = ProgressiveMp4.Build(parts);
        var whole = Bytes(mp4, 0, mp4.Length);
        AssertSeen([(0, 40), (100, 50), (1_000, 60), (1_100, 70)], Shade.Seen(Write(whole), 0));
        Assert.True(whole.AsSpan().IndexOf(WithSets(smallSets, small[0])) > 0);
        Assert.True(whole.AsSpan().IndexOf(WithSets(largeSets, large[0])) > 0);
        var random = new Random(7);
        for (var i = 0; i < 200; i++)
        {
            var start = random.Next(whole.Length);
            Assert.Equal(whole[start..], Bytes(mp4, start, whole.Length - start));
        }
    }

    [Fact]
    public void AnH264MonitorThatComesAfterBlackBringsItsParameterSets()
    {
        var (pictures, sets) = shade.H264(64, 48, [40, 50]);
        Part(0, Track("HDMI-1", 64, 48, 0, [145]));
        Part(500, (new VideoTrack(VideoCodec.H264, 64, 48, 1_000, sets, "DP-1"), 0, pictures));
        var mp4 = ProgressiveMp4.Build(parts, ["DP-1"]);
        var whole = Bytes(mp4, 0, mp4.Length);
        AssertSeen([(0, Shade.Black), (500, 40), (600, 50)], Shade.Seen(Write(whole), 0));
        Assert.True(whole.AsSpan().IndexOf(WithSets(sets, pictures[0])) > 0);
    }

    /// <summary>One SPS and one PPS of an avcC as units of a sample, then its own.</summary>
    private static byte[] WithSets(byte[] avcC, byte[] sample)
    {
        int spsLength = avcC[7], ppsLength = avcC[8 + spsLength + 2];
        return [0, 0, .. avcC.AsSpan(6, 2 + spsLength), 0, 0, .. avcC.AsSpan(8 + spsLength + 1, 2 + ppsLength), .. sample];
    }

    /// <summary>DP-1 throughout; HDMI-1, a little later than DP-1 each time, is pulled out for the middle part and comes back
    /// with another mode.</summary>
    private void ThreeParts()
    {
        Part(0, Track("DP-1", 320, 200, 0, [40, 50, 60, 70]), Track("HDMI-1", 160, 120, 30, [145, 155]));
        Part(1_500, Track("DP-1", 320, 200, 0, [80, 90]));
        Part(2_500, Track("DP-1", 320, 200, 5_000, [100, 110]), Track("HDMI-1", 200, 160, 5_000, [165, 175]));
        parts[2] = parts[2] with { DurationMs = 1_500 };
    }

    private (VideoTrack Track, int FirstMs, List<byte[]> Pictures) Track(string name, int width, int height, int firstMs, int[] levels) =>
        (new VideoTrack(VideoCodec.Vp9, width, height, 1_000, Name: name), firstMs, shade.Vp9(width, height, levels));

    /// <summary>A source in which the tracks' fragments, a picture each, take turns; it is scanned as the server does, and
    /// the names come from beside it.</summary>
    private void Part(long startMs, params (VideoTrack Track, int FirstMs, List<byte[]> Pictures)[] tracks)
    {
        var writer = new FragmentedMp4Writer([.. tracks.Select(track => track.Track)]);
        var bytes = new List<byte>(writer.InitSegment());
        for (var i = 0; i < tracks.Max(track => track.Pictures.Count); i++)
        {
            for (var t = 0; t < tracks.Length; t++)
            {
                if (i < tracks[t].Pictures.Count)
                    bytes.AddRange(writer.Fragment(t, [new FragmentSample(tracks[t].Pictures[i], 100, i == 0)], (ulong)(tracks[t].FirstMs + 100 * i)));
            }
        }
        var scan = new FragmentScan();
        scan.Feed([.. bytes]);
        Assert.Equal(ScanVerdict.Complete, scan.Verdict);
        sources.Add([.. bytes]);
        parts.Add(new ProgressivePart(
            [.. tracks.Select((track, t) => new PartTrack(scan.Tracks[t] with { Name = track.Track.Name }, scan.Samples(t)))], startMs));
    }

    private byte[] Bytes(ProgressiveMp4 mp4) => Bytes(mp4, 0, mp4.Length);

    private byte[] Bytes(ProgressiveMp4 mp4, long offset, long length) =>
        [.. mp4.Map(offset, length).SelectMany(r =>
            (r.Part < 0 ? mp4.Header.ToArray() : sources[r.Part]).AsSpan((int)r.Offset, (int)r.Length).ToArray())];

    private string Write(byte[] bytes)
    {
        var path = Path.Combine(folder, Guid.NewGuid() + ".mp4");
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private static string[] Names(string file) =>
        [.. Ivf.Run("ffprobe", $"-v error -show_entries stream_tags=handler_name -of csv=p=0 {file}").Split('\n', StringSplitOptions.RemoveEmptyEntries)];

    private static void AssertSeen((int AtMs, int Level)[] expected, (int AtMs, int Level)[] seen)
    {
        Assert.Equal(expected.Select(picture => picture.AtMs), seen.Select(picture => picture.AtMs));
        Assert.All(expected.Zip(seen), pair => Assert.InRange(pair.Second.Level, pair.First.Level - 3, pair.First.Level + 3));
    }
}
