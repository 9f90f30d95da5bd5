namespace Tandem.Media.Signals;

/// <summary>A stretch of silence, in samples from the span's start.</summary>
public readonly record struct SilenceRun(int Start, int Length)
{
    public int Stop => Start + Length;
}
