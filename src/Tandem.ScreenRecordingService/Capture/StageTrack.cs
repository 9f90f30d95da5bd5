using Tandem.Contracts.Media;
using Tandem.ScreenRecordingService.Coding;

namespace Tandem.ScreenRecordingService.Capture;

/// <summary>What one track of a recording shows, and its encoder.</summary>
internal sealed class StageTrack : IDisposable
{
    private CursorShape? shape, ownShape;
    private long lastEncoderMs;

    /// <param name="shown">The rectangle of the display, in its pixels.</param>
    /// <param name="open">Makes an encoder for a picture.</param>
    /// <exception cref="EncoderException"/>
    public StageTrack(MonitorGeometry shown, StageSettings settings, Func<ScreenPicture, IEncoder> open)
    {
        Name = shown.Name;
        Picture = new ScreenPicture(shown.Width, shown.Height, settings.Reduction, shown.X, shown.Y, settings.FullChroma);
        try
        {
            Encoder = open(Picture);
            Encoder.WarmUp(Picture);
        }
        catch (EncoderException)
        {
            Encoder?.Dispose();
            Picture.Dispose();
            throw;
        }
    }

    public string Name { get; }
    public ScreenPicture Picture { get; }
    public IEncoder Encoder { get; }

    /// <summary>The pointer in this picture's pixels; the same object again as long as nothing about it changed.</summary>
    /// <param name="now">On the display, by the same rule.</param>
    public CursorShape? Own(CursorShape? now)
    {
        if (ReferenceEquals(now, shape))
            return ownShape;
        shape = now;
        var moved = now is null || Picture.Left == 0 && Picture.Top == 0 ? now : now with { X = now.X - Picture.Left, Y = now.Y - Picture.Top };
        return ownShape = moved is null || Picture.Reduction == 1 ? moved : Reducer.Of(moved, Picture.Reduction);
    }

    public EncodedPicture Encode(long timeMs, bool key, bool refine)
    {
        // One encoder serves many parts and wants growing times only.
        lastEncoderMs = Math.Max(lastEncoderMs + 1, timeMs);
        return Encoder.Encode(Picture, lastEncoderMs, key, refine);
    }

    public void Dispose()
    {
        Encoder.Dispose();
        Picture.Dispose();
    }
}
