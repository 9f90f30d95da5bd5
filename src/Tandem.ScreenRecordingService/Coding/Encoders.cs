using Tandem.ScreenRecordingService.Capture;

namespace Tandem.ScreenRecordingService.Coding;

/// <summary>The best encoder there is: libvpx in this process, else a child ffmpeg.</summary>
internal static class Encoders
{
    /// <summary>For tests and for people who hunt a fault: <c>libvpx</c> or <c>ffmpeg</c> allows only that one.</summary>
    public const string Variable = "TANDEM_SRS_ENCODER";

    /// <param name="failure">Why the last encoder could not go on, or null: the same kind is not tried again where there
    /// is another.</param>
    /// <exception cref="EncoderException">None works; one sentence says what to install.</exception>
    public static IEncoder Open(ScreenPicture picture, string? failure)
    {
        var only = Environment.GetEnvironmentVariable(Variable);
        if (only == "ffmpeg")
            return new FfmpegEncoder(picture, $"{Variable} asks for it");
        if (failure is not null && only != "libvpx" && FfmpegEncoder.IsInstalled)
            return new FfmpegEncoder(picture, failure);
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
