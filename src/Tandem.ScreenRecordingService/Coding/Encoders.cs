using Tandem.ScreenRecordingService.Capture;

namespace Tandem.ScreenRecordingService.Coding;

/// <summary>The best encoder there is.</summary>
internal static class Encoders
{
    /// <exception cref="EncoderException">None works; one sentence says what to install.</exception>
    public static IEncoder Open(ScreenPicture picture) => new Vp9Encoder(picture);
}
