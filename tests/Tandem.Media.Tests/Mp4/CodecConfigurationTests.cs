using System.Buffers.Binary;
using Tandem.Media.Mp4;

namespace Tandem.Media.Tests.Mp4;

/// <summary>Configuration boxes against those that ffmpeg writes for the same pictures.</summary>
public sealed class CodecConfigurationTests : IDisposable
{
    private const string Colours = "-color_primaries bt709 -color_trc bt709 -colorspace bt709 -color_range tv";
    private const string Av1 = "-c:v libaom-av1 -usage realtime -cpu-used 8 -lag-in-frames 0 -pix_fmt yuv420p";

    private readonly string folder = Directory.CreateTempSubdirectory("tandem-codec-").FullName;

    public void Dispose() => Directory.Delete(folder, true);

    [Theory]
    [InlineData("yuv420p", 320, 200)]
    [InlineData("yuv444p", 1920, 1080)]
    public void OfVp9(string format, int width, int height)
    {
        var box = FfmpegBox("vpcC", $"-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -pix_fmt {format} {Colours}", width, height);
        var own = CodecConfiguration.Vp9(width, height, fullChroma: format == "yuv444p");
        own[5] = box[5]; // ffmpeg reckons with the rate of the pictures, which ours have not
        Assert.Equal(box, own);
    }

    [Theory]
    [InlineData("-profile:v baseline", "yuv420p", "avc1.42C0")]
    [InlineData("", "yuv420p", "avc1.6400")]
    [InlineData("", "yuv444p", "avc1.F400")]
    public void OfH264(string profile, string format, string said)
    {
        var coder = $"-c:v libx264 -preset veryfast {profile} -pix_fmt {format}";
        var box = FfmpegBox("avcC", coder, 320, 200);
        var units = AnnexB(coder);
        var own = CodecConfiguration.H264(units.Single(u => (u[0] & 31) == 7), units.Single(u => (u[0] & 31) == 8), format == "yuv444p");
        Assert.Equal(box, own);
        Assert.StartsWith(said, new VideoTrack(VideoCodec.H264, 320, 200, 1_000, own).CodecString);
    }

    [Theory]
    [InlineData("yuv420p", 320, 200, "av01.0.00M.08")]
    [InlineData("yuv444p", 320, 200, "av01.1.00M.08")]
    [InlineData("yuv420p", 1920, 1080, "av01.0.08M.08")]
    public void OfAv1(string format, int width, int height, string said)
    {
        var coder = $"{Av1.Replace("yuv420p", format)}";
        var box = FfmpegBox("av1C", coder, width, height);
        var own = CodecConfiguration.Av1(Ivf.Encode(folder, width, height, 1, coder)[0]);
        Assert.Equal(box, own);
        Assert.Equal(said, new VideoTrack(VideoCodec.Av1, width, height, 1_000, own).CodecString);
    }

    [Fact]
    public void Av1PicturesWithoutDelimitersAreReadBackAndDecoded()
    {
        var coded = Ivf.Encode(folder, 320, 200, 15, Av1);
        var pictures = coded.ConvertAll(picture => Av1Unit.WithoutDelimiters(picture));
        // The delimiter is an empty unit with its size: two bytes.
        Assert.All(coded.Zip(pictures), p => Assert.Equal([0x12, 0, .. p.Second], p.First));
        var writer = new FragmentedMp4Writer(new VideoTrack(VideoCodec.Av1, 320, 200, 1_000, CodecConfiguration.Av1(coded[0])));
        byte[] file = [.. writer.InitSegment(), .. writer.Fragment(0, [.. pictures.Select((p, i) => new FragmentSample(p, 100, i % 10 == 0))], 0)];
        var scan = new FragmentScan();
        Assert.Equal(ScanVerdict.Complete, scan.Feed(file));
        Assert.Equal((VideoCodec.Av1, "av01.0.00M.08"), (scan.Tracks[0].Codec, scan.Tracks[0].CodecString));
        Assert.Equal(pictures, scan.Samples(0).Select(s => file.AsSpan((int)s.Offset, s.SizeBytes).ToArray()));
        Assert.Equal(Hashes(Path.Combine(folder, "320.ivf")), Hashes(Write("own.mp4", file)));
        var progressive = ProgressiveMp4.Build([new ProgressivePart([new PartTrack(scan.Tracks[0], scan.Samples(0))], 0)]);
        byte[] whole = [.. progressive.Map(0, progressive.Length).SelectMany(r => (r.Part < 0 ? progressive.Header.ToArray() : file).AsSpan((int)r.Offset, (int)r.Length).ToArray())];
        Assert.Equal(Hashes(Path.Combine(folder, "320.ivf")), Hashes(Write("progressive.mp4", whole)));
    }

    [Fact]
    public void WhatIsNoAv1PictureNeverThrows()
    {
        var coded = Ivf.Encode(folder, 320, 200, 1, Av1)[0];
        var random = new Random(11);
        for (var i = 0; i < 3_000; i++)
        {
            var damaged = coded[..random.Next(coded.Length)];
            for (var n = 0; n < 3 && damaged.Length > 0; n++)
                damaged[random.Next(Math.Min(damaged.Length, 24))] = (byte)random.Next(256);
            Av1Unit.WithoutDelimiters(damaged);
            CodecConfiguration.Av1(damaged);
        }
        Assert.Null(CodecConfiguration.Av1([]));
    }

    private byte[] FfmpegBox(string type, string coder, int width, int height)
    {
        var path = Path.Combine(folder, "theirs.mp4");
        Ivf.Run("ffmpeg", $"-v error -y -f lavfi -i testsrc=size={width}x{height}:rate=10 -frames:v 1 {coder} {path}");
        var bytes = File.ReadAllBytes(path);
        var at = bytes.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(type));
        return bytes.AsSpan(at + 4, BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(at - 4)) - 8).ToArray();
    }

    private List<byte[]> AnnexB(string coder)
    {
        var path = Path.Combine(folder, "theirs.h264");
        Ivf.Run("ffmpeg", $"-v error -y -f lavfi -i testsrc=size=320x200:rate=10 -frames:v 1 {coder} -f h264 {path}");
        ReadOnlySpan<byte> rest = File.ReadAllBytes(path);
        var units = new List<byte[]>();
        for (var at = rest.IndexOf("\0\0\u0001"u8); at >= 0; at = rest.IndexOf("\0\0\u0001"u8))
        {
            rest = rest[(at + 3)..];
            var next = rest.IndexOf("\0\0\u0001"u8);
            units.Add(rest[..(next < 0 ? rest.Length : next)].TrimEnd((byte)0).ToArray());
        }
        return units;
    }

    private string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private static string[] Hashes(string file) =>
        [.. Ivf.Run("ffmpeg", $"-v error -i {file} -fps_mode passthrough -f framemd5 -").Split('\n')
            .Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split(',')[^1])];
}
