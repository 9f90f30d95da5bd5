using System.Buffers.Binary;
using System.Diagnostics;

namespace Tandem.Media.Tests.Mp4;

/// <summary>Coded VP9 pictures made by ffmpeg, so that the tests do not judge our encoder.</summary>
internal static class Ivf
{
    private const string Vp9 = "-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -lag-in-frames 0 -auto-alt-ref 0";

    /// <summary>A moving test picture; key frames every 10.</summary>
    public static List<byte[]> Encode(string folder, int width, int height, int frames, string codec = Vp9)
    {
        var path = Path.Combine(folder, $"{width}.ivf");
        Run("ffmpeg", $"-v error -y -f lavfi -i testsrc=size={width}x{height}:rate=10 -frames:v {frames} {codec} -g 10 {path}");
        return Read(path);
    }

    public static List<byte[]> Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var found = new List<byte[]>();
        for (var at = 32; at < bytes.Length;)
        {
            var size = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at));
            found.Add(bytes.AsSpan(at + 12, size).ToArray());
            at += 12 + size;
        }
        return found;
    }

    public static string Run(string program, string arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors.Result);
        return output;
    }
}
