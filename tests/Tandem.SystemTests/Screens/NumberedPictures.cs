using System.Buffers.Binary;
using System.Globalization;
using Tandem.Lab.Screens;
using Tandem.Media.Mp4;
using Tandem.TestKit;

namespace Tandem.SystemTests.Screens;

/// <summary>Coded pictures that show numbers in the 16 squares of <see cref="SquareClock"/> at their upper edge, each
/// picture one more than the one before.</summary>
internal static class NumberedPictures
{
    /// <summary>Ten a second.</summary>
    public const int TickMs = 100;

    private const string Vp9 = "-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -g 1000 -lag-in-frames 0 -auto-alt-ref 0";
    private const string H264 = "-c:v libx264 -preset ultrafast -pix_fmt yuv420p -x264-params keyint=1000:bframes=0:sliced-threads=0:slices=1";

    /// <param name="codec">VP9 or H.264.</param>
    /// <param name="width">Even; a number needs 512.</param>
    /// <param name="numbers">Where one begins and what the first picture shows there.</param>
    public static async Task<(IReadOnlyList<byte[]> Pictures, VideoTrack Track)> MakeAsync(
        TempFolder folder, VideoCodec codec, int width, int height, int count, CancellationToken stop, params (int X, int First)[] numbers)
    {
        var squares = from number in numbers
                      from i in Enumerable.Range(0, SquareClock.Bits)
                      select string.Create(
                          CultureInfo.InvariantCulture,
                          $"drawbox=x={number.X + (SquareClock.SidePixels * i)}:y=0:w={SquareClock.SidePixels}:h={SquareClock.SidePixels}:color=white:t=fill"
                          + $":enable='mod(floor((t*10+0.001+{number.First})/{1 << (SquareClock.Bits - 1 - i)}),2)'");
        var path = folder.At($"{Guid.NewGuid()}.{(codec == VideoCodec.Vp9 ? "ivf" : "h264")}");
        var (code, said) = await RunningProcess.RunAsync(
            "ffmpeg",
            [
                "-v", "error", "-f", "lavfi", "-i", $"color=0x202020:s={width}x{height}:r=10", "-frames:v", $"{count}", "-vf", string.Join(',', squares),
                .. (codec == VideoCodec.Vp9 ? Vp9 : H264).Split(' '), path,
            ], stop);
        Assert.True(code == 0, said);
        var bytes = await File.ReadAllBytesAsync(path, stop);
        return codec == VideoCodec.Vp9 ? (Ivf(bytes), new VideoTrack(codec, width, height, 1_000)) : Avc(bytes, width, height);
    }

    /// <summary>Annex B to samples of one unit each, with lengths of four bytes.</summary>
    private static (IReadOnlyList<byte[]> Pictures, VideoTrack Track) Avc(ReadOnlySpan<byte> bytes, int width, int height)
    {
        var units = new List<byte[]>();
        for (var at = bytes.IndexOf("\0\0\u0001"u8); at >= 0; at = bytes.IndexOf("\0\0\u0001"u8))
        {
            bytes = bytes[(at + 3)..];
            var next = bytes.IndexOf("\0\0\u0001"u8);
            units.Add((next < 0 ? bytes : bytes[..next]).TrimEnd((byte)0).ToArray());
        }

        byte[] Of(int type) => units.First(unit => (unit[0] & 31) == type);
        return (
            [.. units.Where(unit => (unit[0] & 31) is 1 or 5).Select(unit => (byte[])[0, (byte)(unit.Length >> 16), (byte)(unit.Length >> 8), (byte)unit.Length, .. unit])],
            new VideoTrack(VideoCodec.H264, width, height, 1_000, CodecConfiguration.H264(Of(7), Of(8), fullChroma: false)));
    }

    /// <summary>IVF: a header of 32 bytes, then before each picture its size and 8 bytes of time.</summary>
    private static List<byte[]> Ivf(ReadOnlySpan<byte> bytes)
    {
        var found = new List<byte[]>();
        for (bytes = bytes[32..]; bytes.Length > 0;)
        {
            var size = BinaryPrimitives.ReadInt32LittleEndian(bytes);
            found.Add(bytes[12..(12 + size)].ToArray());
            bytes = bytes[(12 + size)..];
        }

        return found;
    }
}
