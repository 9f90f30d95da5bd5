namespace Tandem.ScreenRecordingService.Capture;

/// <summary>What the pictures of a capture are like.</summary>
/// <param name="Reduction">Pixels of the display, along each side, of which one is made; 1 to 4.</param>
/// <param name="TrackPerMonitor">Each monitor has a track of its own; else one picture has all.</param>
/// <param name="Encoder">As <see cref="Coding.EncoderChoice"/> reads it; null: libvpx's VP9.</param>
/// <param name="FullChroma">Colours of every pixel (4:4:4), for coloured text; else one for four (4:2:0).</param>
internal sealed record StageSettings(int Reduction = 1, bool TrackPerMonitor = false, string? Encoder = null, bool FullChroma = false)
{
    public const int LargestReduction = 4;

    public static StageSettings Usual { get; } = new();
}
