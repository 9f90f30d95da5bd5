using Tandem.ScreenRecordingService.Capture;

namespace Tandem.ScreenRecordingService.Coding;

/// <summary>The best encoder there is: libvpx in this process, else a child ffmpeg.</summary>
internal static class Encoders
{
    /// <summary>For tests and for people who hunt a fault: <c>libvpx</c> or <c>ffmpeg</c> allows only that one.</summary>
    public const string Variable = "TANDEM_SRS_ENCODER";

    /// <exception cref="EncoderException">None works; one sentence says what to install.</exception>
    public static IEncoder Open(ScreenPicture picture)
    {
        var only = Environment.GetEnvironmentVariable(Variable);
        if (only == "ffmpeg")
            return new FfmpegEncoder(picture, $"{Variable} asks for it");
        try
        {
            return new Vp9Encoder(picture);
        }
        catch (EncoderException e) when (only != "libvpx" && FfmpegEncoder.IsInstalled)
        {
            return new FfmpegEncoder(picture, e.Message);
        }
    }
}
