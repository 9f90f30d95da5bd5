using Tandem.Contracts.Media;
using Tandem.ScreenRecordingService.Coding;

namespace Tandem.ScreenRecordingService.Capture;

/// <summary>Display, picture and encoder of one size, held warm so that a capture starts with its first picture.</summary>
internal sealed class CaptureStage : IDisposable
{
    private readonly Func<ScreenPicture, string?, IEncoder> encoders;
    private CursorShape? shape, reducedShape;
    private long lastEncoderMs = -1;
    private string? failure;

    /// <param name="encoders">Makes one for a picture, told why the last one failed, if it did.</param>
    /// <param name="reduction">As <see cref="CaptureRequest.Reduction"/>.</param>
    /// <exception cref="EncoderException"/>
    public CaptureStage(ICapture capture, Func<ScreenPicture, string?, IEncoder> encoders, int reduction)
    {
        this.encoders = encoders;
        Capture = capture;
        (Picture, Encoder) = Open(reduction);
    }

    public ICapture Capture { get; }
    public ScreenPicture Picture { get; private set; }
    public IEncoder Encoder { get; private set; }

    /// <summary>In the picture's pixels.</summary>
    public IReadOnlyList<MonitorGeometry> Monitors => [.. Capture.Monitors.Select(m => m with
    {
        X = m.X / Picture.Reduction, Y = m.Y / Picture.Reduction, Width = m.Width / Picture.Reduction, Height = m.Height / Picture.Reduction,
    })];

    /// <summary>A sentence or two for people where capture or encoder are not what one would want.</summary>
    public string? Degraded => (Capture.Degraded, Encoder.Degraded) switch
    {
        (var capture, null) => capture,
        (null, var encoder) => encoder,
        var (capture, encoder) => $"{capture} {encoder}",
    };

    /// <summary>The pointer in the picture's pixels; the same object again as long as nothing about it changed.</summary>
    public CursorShape? Cursor()
    {
        var now = Capture.Cursor();
        if (ReferenceEquals(now, shape))
            return reducedShape;
        shape = now;
        return reducedShape = now is null || Picture.Reduction == 1 ? now : Reducer.Of(now, Picture.Reduction);
    }

    public EncodedPicture Encode(long timeMs, bool key, bool refine)
    {
        // One encoder serves many parts and wants growing times only.
        lastEncoderMs = Math.Max(lastEncoderMs + 1, timeMs);
        return Encoder.Encode(Picture, lastEncoderMs, key, refine);
    }

    /// <summary>After a change of geometry or a failed encoder.</summary>
    /// <param name="failed">Why the encoder could not go on, or null.</param>
    public void Reopen(int reduction, string? failed = null)
    {
        failure = failed ?? failure;
        Encoder.Dispose();
        Picture.Dispose();
        shape = reducedShape = null;
        (Picture, Encoder) = Open(reduction);
    }

    public void Dispose()
    {
        Encoder.Dispose();
        Picture.Dispose();
    }

    private (ScreenPicture Picture, IEncoder Encoder) Open(int reduction)
    {
        var picture = new ScreenPicture(Capture.Width, Capture.Height, reduction);
        try
        {
            var encoder = encoders(picture, failure);
            // The first picture makes an encoder allocate: do that now, with a black one.
            lastEncoderMs++;
            encoder.Encode(picture, lastEncoderMs, key: true, refine: false);
            return (picture, encoder);
        }
        catch (EncoderException)
        {
            picture.Dispose();
            throw;
        }
    }
}
