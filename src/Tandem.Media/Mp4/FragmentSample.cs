namespace Tandem.Media.Mp4;

/// <summary>One coded picture on its way into a fragment.</summary>
/// <param name="Duration">Ticks of the track's timescale; the picture is held beyond it until the next sample.</param>
public readonly record struct FragmentSample(ReadOnlyMemory<byte> Data, uint Duration, bool Key);
