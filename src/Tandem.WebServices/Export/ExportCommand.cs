using System.Globalization;

namespace Tandem.WebServices.Export;

/// <summary>The ffmpeg arguments that make one MP4 of voices and screen.</summary>
internal static class ExportCommand
{
    /// <summary>Voices are put on one axis, left and right kept (channel 1 is the recorded DN); the picture is copied, not
    /// encoded again.</summary>
    /// <param name="screen">Null: sound only.</param>
    public static IReadOnlyList<string> Arguments(IReadOnlyList<ExportInput> voices, ExportInput? screen, string target)
    {
        var arguments = new List<string> { "-v", "error", "-nostdin", "-y" };
        foreach (var voice in voices)
        {
            arguments.AddRange(["-i", voice.Path]);
        }

        if (screen is not null)
        {
            arguments.AddRange(["-itsoffset", Seconds(screen.StartMs), "-i", screen.Path]);
        }

        if (voices.Count > 0)
        {
            arguments.AddRange(["-filter_complex", Filter(voices), "-map", "[voice]", "-c:a", "aac", "-b:a", "96k"]);
        }

        if (screen is not null)
        {
            arguments.AddRange(["-map", $"{voices.Count}:v", "-c:v", "copy"]);
        }

        return [.. arguments, "-movflags", "+faststart", "-f", "mp4", target];
    }

    private static string Filter(IReadOnlyList<ExportInput> voices)
    {
        var delayed = voices.Select((voice, i) => string.Create(
            CultureInfo.InvariantCulture, $"[{i}:a]aresample=48000,adelay={voice.StartMs}:all=1[v{i}];"));
        var lanes = string.Concat(voices.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"[v{i}]")));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{string.Concat(delayed)}{lanes}amix=inputs={voices.Count}:duration=longest:normalize=0[voice]");
    }

    private static string Seconds(long ms) => (ms / 1000m).ToString("0.000", CultureInfo.InvariantCulture);
}
