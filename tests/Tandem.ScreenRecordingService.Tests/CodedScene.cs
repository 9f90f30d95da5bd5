using Tandem.Media.Mp4;
using Tandem.ScreenRecordingService.Capture;
using Tandem.ScreenRecordingService.Coding;
using Tandem.TestKit;

namespace Tandem.ScreenRecordingService.Tests;

/// <summary>Pictures that a test paints and an encoder codes, and what ffmpeg decodes of them.</summary>
internal sealed class CodedScene : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly IEncoder encoder;
    private readonly uint[] pixels;
    private readonly List<FragmentSample> samples = [];

    /// <summary>What each coded picture was, and which of its tiles had changed.</summary>
    private readonly List<(byte[] Planes, byte[] Changed)> sources = [];

    public CodedScene(int width, int height, Func<ScreenPicture, IEncoder> encoders, bool fullChroma = false)
    {
        Picture = new ScreenPicture(width, height, fullChroma: fullChroma);
        encoder = encoders(Picture);
        pixels = new uint[width * height];
    }

    public ScreenPicture Picture { get; }
    public VideoTrack Track => encoder.Track;
    public string File => folder.At("scene.mp4");
    public IReadOnlyList<FragmentSample> Samples => samples;

    /// <summary>Bytes of a frame of <see cref="Decode"/>: planes Y, U, V.</summary>
    public int FrameBytes => LumaBytes + 2 * ChromaWidth * ChromaHeight;
    public int ChromaWidth => Picture.FullChroma ? Track.Width : (Track.Width + 1) / 2;
    private int ChromaHeight => Picture.FullChroma ? Track.Height : (Track.Height + 1) / 2;
    public int LumaBytes => Track.Width * Track.Height;

    /// <summary>Letters of two colours, every cell of 2×2 pixels one or the other.</summary>
    public void Paint(int x, int y, int width, int height, uint ink, uint paper, int seed)
    {
        var random = new Random(seed);
        for (var row = y; row < Math.Min(y + height, Picture.Height); row += 2)
        {
            for (var column = x; column < Math.Min(x + width, Picture.Width); column += 2)
                Fill(column, row, 2, 2, random.Next(2) == 0 ? ink : paper);
        }
    }

    /// <summary>Greys, every cell of 4×4 pixels its own.</summary>
    public void Speckle(int seed)
    {
        var random = new Random(seed);
        for (var y = 0; y < Picture.Height; y += 4)
        {
            for (var x = 0; x < Picture.Width; x += 4)
                Fill(x, y, 4, 4, (uint)random.Next(256) * 0x010101);
        }
    }

    public void Fill(int x, int y, int width, int height, uint colour)
    {
        for (var row = y; row < Math.Min(y + height, Picture.Height); row++)
            pixels.AsSpan(row * Picture.Width + x, Math.Min(width, Picture.Width - x)).Fill(colour);
    }

    public unsafe EncodedPicture Code(bool key = false, bool refine = false)
    {
        fixed (uint* painted = pixels)
            Picture.Update(new PixelArea(0, 0, Picture.Width, Picture.Height), (byte*)painted, Picture.Width * 4, mayScroll: false);
        Picture.Convert(null);
        return CodeAsItIs(key, refine);
    }

    /// <summary>Without a look at what was painted.</summary>
    public EncodedPicture CodeAsItIs(bool key = false, bool refine = false)
    {
        var coded = encoder.Encode(Picture, samples.Count * 100, key, refine);
        sources.Add((Cropped(), Picture.Changed.ToArray()));
        samples.Add(new FragmentSample(coded.Data, 100, coded.Key));
        Picture.ClearChanges();
        return coded;
    }

    /// <summary>All frames as planes Y, U, V of the track's size.</summary>
    public async Task<IReadOnlyList<byte[]>> DecodeAsync(CancellationToken stop)
    {
        var writer = new FragmentedMp4Writer(Track);
        await System.IO.File.WriteAllBytesAsync(File, [.. writer.InitSegment(), .. writer.Fragment(0, samples, 0)], stop);
        var (code, said) = await RunningProcess.RunAsync(
            "ffmpeg", ["-v", "error", "-xerror", "-i", File, "-fps_mode", "passthrough", "-f", "rawvideo", folder.At("raw")], stop);
        Assert.True(code == 0 && said.Length == 0, said);
        return [.. System.IO.File.ReadAllBytes(folder.At("raw")).Chunk(FrameBytes)];
    }

    public async Task<string> ProbeAsync(string entries, CancellationToken stop)
    {
        var (code, said) = await RunningProcess.RunAsync("ffprobe", ["-v", "error", "-show_entries", entries, "-of", "csv=p=0", File], stop);
        Assert.True(code == 0, said);
        return said.Trim().TrimEnd(',');
    }

    /// <summary>Mean difference from what was painted, of luma and of chroma.</summary>
    public (double Luma, double Chroma) ErrorOf(int frame, byte[] decoded) =>
        (Mean(sources[frame].Planes.AsSpan(0, LumaBytes), decoded.AsSpan(0, LumaBytes)), Mean(sources[frame].Planes.AsSpan(LumaBytes), decoded.AsSpan(LumaBytes)));

    /// <summary>The largest difference, in luma, between two decoded frames in tiles that did not change from one to the other.</summary>
    public int StillDifference(int frame, byte[] before, byte[] after)
    {
        var largest = 0;
        for (var at = 0; at < LumaBytes; at++)
        {
            if (sources[frame].Changed[at / Track.Width / 16 * Picture.Columns + at % Track.Width / 16] == 0)
                largest = Math.Max(largest, Math.Abs(before[at] - after[at]));
        }
        return largest;
    }

    public void Dispose()
    {
        encoder.Dispose();
        Picture.Dispose();
        folder.Dispose();
    }

    private static double Mean(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        Assert.Equal(one.Length, other.Length);
        long sum = 0;
        for (var i = 0; i < one.Length; i++)
            sum += Math.Abs(one[i] - other[i]);
        return (double)sum / one.Length;
    }

    private unsafe byte[] Cropped()
    {
        var planes = new byte[FrameBytes];
        var at = Crop(Picture.Luma, Picture.PaddedWidth, Track.Width, Track.Height, planes, 0);
        at = Crop(Picture.Blue, Picture.ChromaStride, ChromaWidth, ChromaHeight, planes, at);
        Crop(Picture.Red, Picture.ChromaStride, ChromaWidth, ChromaHeight, planes, at);
        return planes;
    }

    private static unsafe int Crop(byte* from, int stride, int width, int height, byte[] to, int at)
    {
        for (var row = 0; row < height; row++, at += width)
            new ReadOnlySpan<byte>(from + (long)row * stride, width).CopyTo(to.AsSpan(at));
        return at;
    }
}
