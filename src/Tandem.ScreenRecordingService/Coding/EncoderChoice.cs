using System.Text.RegularExpressions;
using Tandem.Contracts.Srs;

namespace Tandem.ScreenRecordingService.Coding;

/// <summary>Reads what encoders are called in options and policies (<see cref="EncoderNames"/>).</summary>
internal static partial class EncoderChoice
{
    /// <summary>For people.</summary>
    public const string Known = "vp9, h264, av1 or ffmpeg:NAME, where NAME is an encoder of ffmpeg for H.264, VP9 or AV1";

    /// <returns>One sentence, or null: there is such an encoder, if it is installed.</returns>
    public static string? Problem(string text) =>
        NamePattern().IsMatch(text) ? null : $"The encoder {text} is not known: it must be {Known}.";

    /// <returns>The encoder of ffmpeg that is meant, or null: none is.</returns>
    public static string? FfmpegName(string text) =>
        Problem(text) is null && text.StartsWith(EncoderNames.FfmpegPrefix, StringComparison.Ordinal) ? text[EncoderNames.FfmpegPrefix.Length..] : null;

    [GeneratedRegex($"^({EncoderNames.Pattern})$")]
    private static partial Regex NamePattern();
}
