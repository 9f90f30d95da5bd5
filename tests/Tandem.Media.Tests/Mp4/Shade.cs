using System.Globalization;
using Tandem.Media.Mp4;

namespace Tandem.Media.Tests.Mp4;

/// <summary>Pictures of one grey each, so that a picture seen says which one it is; ten a second, each coded by ffmpeg.</summary>
internal sealed class Shade(string folder)
{
    /// <summary>Luma of black.</summary>
    public const int Black = 16;

    /// <param name="levels">Luma, 25 to 235.</param>
    public List<byte[]> Vp9(int width, int height, IReadOnlyList<int> levels)
    {
        var path = Encode(width, height, levels, "-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -g 100 -lag-in-frames 0 -auto-alt-ref 0", "ivf");
        return Ivf.Read(path);
    }

    /// <returns>Samples as MP4 has them, and the avcC.</returns>
    public (List<byte[]> Pictures, byte[] Configuration) H264(int width, int height, IReadOnlyList<int> levels)
    {
        var path = Encode(width, height, levels, "-c:v libx264 -preset ultrafast -x264-params keyint=100:bframes=0:sliced-threads=0:slices=1", "h264");
        var units = Units(File.ReadAllBytes(path));
        var (sps, pps) = (units.First(unit => (unit[0] & 31) == 7), units.First(unit => (unit[0] & 31) == 8));
        return (
            [.. units.Where(unit => (unit[0] & 31) is 1 or 5).Select(unit => (byte[])[0, 0, (byte)(unit.Length >> 8), (byte)unit.Length, .. unit])],
            CodecConfiguration.H264(sps, pps, fullChroma: false));
    }

    /// <returns>Samples as MP4 has them, and the av1C.</returns>
    public (List<byte[]> Pictures, byte[] Configuration) Av1(int width, int height, IReadOnlyList<int> levels)
    {
        var coded = Ivf.Read(Encode(width, height, levels, "-c:v libaom-av1 -usage realtime -cpu-used 8 -g 100 -lag-in-frames 0", "ivf"));
        return (coded.ConvertAll(picture => Av1Unit.WithoutDelimiters(picture).ToArray()), CodecConfiguration.Av1(coded[0])!);
    }

    /// <summary>Every picture of a file's video stream: when it is shown, ms, and its luma (within 2).</summary>
    public static (int AtMs, int Level)[] Seen(string file, int stream)
    {
        var times = Ivf.Run("ffprobe", $"-v error -select_streams v:{stream} -show_entries frame=pts_time -of csv=p=0 {file}")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => (int)Math.Round(1000 * double.Parse(line.TrimEnd(','), CultureInfo.InvariantCulture)));
        var raw = $"{file}.{stream}.raw";
        Ivf.Run("ffmpeg", $"-v error -xerror -y -i {file} -map 0:v:{stream} -fps_mode passthrough -vf scale=4:4,format=yuv420p -f rawvideo {raw}");
        var levels = File.ReadAllBytes(raw).Chunk(24).Select(planes => planes.Take(16).Sum(luma => luma) / 16);
        return [.. times.Zip(levels)];
    }

    private string Encode(int width, int height, IReadOnlyList<int> levels, string coder, string suffix)
    {
        var path = Path.Combine(folder, $"{Guid.NewGuid()}.{suffix}");
        File.WriteAllBytes(path + ".raw", [.. levels.SelectMany(level =>
            Enumerable.Repeat((byte)level, width * height).Concat(Enumerable.Repeat((byte)128, width * height / 2)))]);
        Ivf.Run("ffmpeg", $"-v error -y -f rawvideo -pix_fmt yuv420p -s {width}x{height} -r 10 -i {path}.raw {coder} {path}");
        return path;
    }

    /// <summary>Annex B: 00 00 01 before each unit, and a zero more before some.</summary>
    private static List<byte[]> Units(ReadOnlySpan<byte> bytes)
    {
        var found = new List<byte[]>();
        while (bytes.IndexOf("\0\0\u0001"u8) is >= 0 and var start)
        {
            bytes = bytes[(start + 3)..];
            var end = bytes.IndexOf("\0\0\u0001"u8);
            found.Add((end < 0 ? bytes : bytes[..end]).TrimEnd((byte)0).ToArray());
        }
        return found;
    }
}
