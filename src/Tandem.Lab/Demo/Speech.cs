using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Tandem.Lab.Demo;

/// <summary>Text made speech by espeak-ng, at the telephone's 8,000 samples a second.</summary>
internal static class Speech
{
    internal const int Rate = 8000;

    /// <param name="voice">One of espeak-ng's, such as <c>en-gb+f3</c>.</param>
    internal static async Task<short[]> SayAsync(string text, string voice, CancellationToken stop)
    {
        var wav = Path.GetTempFileName();
        try
        {
            await RunAsync("espeak-ng", ["-v", voice, "-s", "150", "-w", wav, text], stop);
            var pcm = await RunAsync(
                "ffmpeg", ["-nostdin", "-v", "error", "-i", wav, "-ac", "1", "-ar", $"{Rate}", "-f", "s16le", "pipe:1"], stop);
            return MemoryMarshal.Cast<byte, short>(pcm).ToArray();
        }
        finally
        {
            File.Delete(wav);
        }
    }

    private static async Task<byte[]> RunAsync(string program, IEnumerable<string> arguments, CancellationToken stop)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var said = process.StandardError.ReadToEndAsync(stop);
        using var output = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(output, stop);
        await process.WaitForExitAsync(stop);
        return process.ExitCode == 0
            ? output.ToArray()
            : throw new LabException($"{program} failed: {await said}");
    }
}
