using Tandem.Contracts.Srs;
using Tandem.ScreenRecordingService.Capture;
using Tandem.ScreenRecordingService.Coding.Ffmpeg;

namespace Tandem.ScreenRecordingService.Coding;

/// <summary>The encoder that is wanted or, where it is missing or failed, the best there is: libvpx in this process, else a
/// child ffmpeg.</summary>
internal static class Encoders
{
    /// <summary>For tests and for people who hunt a fault: <c>libvpx</c> or <c>ffmpeg</c> allows only that one.</summary>
    public const string Variable = "TANDEM_SRS_ENCODER";

    /// <summary>An <see cref="EncoderFactory"/>.</summary>
    public static IEncoder Open(ScreenPicture picture, string? wanted, IReadOnlyList<string> failures)
    {
        switch (Environment.GetEnvironmentVariable(Variable))
        {
            case "ffmpeg":
                return new FfmpegEncoder(picture, FfmpegEncoder.LastResort, $"{Variable} asks for it");
            case "libvpx":
                return new Vp9Encoder(picture);
            default:
                return First(Kinds(picture, wanted ?? EncoderNames.Vp9), failures);
        }
    }

    /// <summary>From the one that is wanted to the last resort; each is told why it is not the one before it.</summary>
    private static Func<string?, IEncoder>[] Kinds(ScreenPicture picture, string wanted)
    {
        Func<string?, IEncoder> libvpx = why => new Vp9Encoder(picture, why);
        Func<string?, IEncoder> ffmpeg = why => new FfmpegEncoder(picture, FfmpegEncoder.LastResort, why);
        if (wanted == EncoderNames.Vp9)
            return [libvpx, ffmpeg];
        Func<string?, IEncoder> chosen = wanted switch
        {
            EncoderNames.H264 => _ => new H264Encoder(picture),
            EncoderNames.Av1 => _ => new Av1Encoder(picture),
            _ when EncoderChoice.FfmpegName(wanted) is { } name => _ => new FfmpegEncoder(picture, name, null),
            _ => _ => throw new EncoderException(EncoderChoice.Problem(wanted)!),
        };
        return [chosen, libvpx, ffmpeg];
    }

    private static IEncoder First(Func<string?, IEncoder>[] kinds, IReadOnlyList<string> failures)
    {
        var why = failures.Count > 0 ? failures[^1] : null;
        for (var i = Math.Min(failures.Count, kinds.Length - 1); ; i++)
        {
            try
            {
                return kinds[i](why);
            }
            catch (EncoderException e) when (i + 1 < kinds.Length && (i + 2 < kinds.Length || FfmpegEncoder.IsInstalled))
            {
                why = e.Message;
            }
        }
    }
}
