using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Tandem.Lab.Screens;

namespace Tandem.Lab.Senses;

/// <summary>Sees what clock each frame of a screen recording shows. ffmpeg decodes, an independent judge of our files.</summary>
public static partial class Eye
{
    private const int Width = SquareClock.Bits * SquareClock.SidePixels;
    private const int Height = SquareClock.SidePixels;

    [GeneratedRegex(@"n: *\d+ pts: *\S+ pts_time:(\S+)")]
    private static partial Regex FrameTime();

    /// <summary>Every frame in the order of showing.</summary>
    /// <exception cref="InvalidDataException">ffmpeg cannot decode the file; the message has its words.</exception>
    public static async Task<IReadOnlyList<SeenFrame>> LookAsync(string file, CancellationToken stop)
    {
        var start = new ProcessStartInfo("ffmpeg")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var argument in (string[])
        [
            "-nostdin", "-hide_banner", "-threads", "1", "-i", file, "-an",
            "-vf", $"crop={Width}:{Height}:0:0,format=gray,showinfo=checksum=0",
            "-fps_mode", "passthrough", "-f", "rawvideo", "pipe:1",
        ])
            start.ArgumentList.Add(argument);
        using var decoder = Process.Start(start)!;
        decoder.StandardInput.Close();
        var words = decoder.StandardError.ReadToEndAsync(stop);
        var clocks = await ReadClocksAsync(decoder.StandardOutput.BaseStream, stop);
        var said = await words;
        await decoder.WaitForExitAsync(stop);
        if (decoder.ExitCode != 0)
            throw new InvalidDataException($"ffmpeg cannot decode {file}: {said[^Math.Min(said.Length, 800)..]}");
        var times = FrameTime().Matches(said)
            .Select(match => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) * 1000)
            .ToArray();
        if (times.Length != clocks.Count)
            throw new InvalidDataException($"ffmpeg told {times.Length} times and gave {clocks.Count} frames of {file}");
        return [.. times.Zip(clocks, (at, clock) => new SeenFrame(at, clock))];
    }

    private static async Task<List<int?>> ReadClocksAsync(Stream pictures, CancellationToken stop)
    {
        var clocks = new List<int?>();
        var picture = new byte[Width * Height];
        while (await pictures.ReadAtLeastAsync(picture, picture.Length, throwOnEndOfStream: false, stop) == picture.Length)
            clocks.Add(SquareClock.Read(picture, Width));
        return clocks;
    }

    /// <summary>By how much each frame that shows a new value comes after the instant at which the screen was painted
    /// with it, when the file's axis begins at <paramref name="startUnixMs"/>. The first frame is left out: its value
    /// may have stood for a while.</summary>
    public static IReadOnlyList<double> ClockErrorsMs(IReadOnlyList<SeenFrame> frames, double startUnixMs)
    {
        var errors = new List<double>();
        for (var at = 1; at < frames.Count; at++)
        {
            if (frames[at].Clock is not { } value || frames[at - 1].Clock is not { } before || value == before)
                continue;
            var shown = startUnixMs + frames[at].AtMs;
            errors.Add(shown - SquareClock.StartOf(value, (long)shown));
        }
        return errors;
    }
}
