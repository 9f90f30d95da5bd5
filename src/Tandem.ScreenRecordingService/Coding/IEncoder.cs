using Tandem.Media.Mp4;
using Tandem.ScreenRecordingService.Capture;

namespace Tandem.ScreenRecordingService.Coding;

/// <summary>Codes pictures of one size. Used by one thread.</summary>
internal interface IEncoder : IDisposable
{
    /// <summary>Known when the first picture is coded.</summary>
    VideoTrack Track { get; }

    /// <summary>For people and health reports, such as <c>libvpx v1.12.0 VP9</c>.</summary>
    string Name { get; }

    /// <summary>A sentence for people where this is not the encoder one would want.</summary>
    string? Degraded { get; }

    /// <summary>Codes a first picture for nobody: it makes an encoder allocate, which no capture shall wait for.</summary>
    /// <exception cref="EncoderException"/>
    void WarmUp(ScreenPicture picture) => Encode(picture, 0, key: true, refine: false);

    /// <param name="picture">Its changed tiles are coded, all others are taken from the last picture.</param>
    /// <param name="timeMs">Strictly growing.</param>
    /// <param name="key">Code a picture that needs no other.</param>
    /// <param name="refine">Spend more bits on the changed tiles.</param>
    /// <exception cref="EncoderException">The encoder cannot go on; a new one may.</exception>
    EncodedPicture Encode(ScreenPicture picture, long timeMs, bool key, bool refine);
}
