namespace Tandem.Media.Wav;

/// <summary>The sample formats of our WAV files, by their WAVE tag.</summary>
public enum WavFormat
{
    /// <summary>Signed 16-bit little-endian.</summary>
    Pcm16 = 1,
    ALaw = 6,
    MuLaw = 7,
}
