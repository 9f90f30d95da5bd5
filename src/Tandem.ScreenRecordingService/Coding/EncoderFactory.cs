using Tandem.ScreenRecordingService.Capture;

namespace Tandem.ScreenRecordingService.Coding;

/// <summary>Makes an encoder for a picture.</summary>
/// <param name="wanted">As <see cref="StageSettings.Encoder"/>.</param>
/// <param name="failures">Why those before it could not go on, in order: the same kind is not tried again where there is another.</param>
/// <exception cref="EncoderException">None works; one sentence says what to install.</exception>
internal delegate IEncoder EncoderFactory(ScreenPicture picture, string? wanted, IReadOnlyList<string> failures);
