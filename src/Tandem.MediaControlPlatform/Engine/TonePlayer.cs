using Tandem.Media.Signals;

namespace Tandem.MediaControlPlatform.Engine;

/// <summary>Makes what a leg hears instead of its conference: <c>tone:ringback</c>, <c>busy</c>, <c>beep</c>,
/// <c>music</c>.</summary>
/// <param name="name">The part after <c>tone:</c>.</param>
/// <param name="rate">Samples per second.</param>
internal sealed class TonePlayer(string name, int rate)
{
    // A plain major arpeggio; music that nobody owns.
    private static readonly int[] Melody = [262, 330, 392, 523, 392, 330];
    private readonly Dictionary<int, ToneGenerator> _tones = [];
    private long _sample;

    /// <summary>True when a tone that ends by itself is over.</summary>
    public bool IsOver => name == "beep" && _sample >= rate / 5;

    public static bool Knows(string uri) => uri is "tone:ringback" or "tone:busy" or "tone:beep" or "tone:music";

    public void Fill(Span<short> pcm)
    {
        var ms = _sample * 1000 / rate;
        var frequency = Frequency(ms);
        if (frequency == 0)
            pcm.Clear();
        else
            Tone(frequency).Fill(pcm, _sample);
        _sample += pcm.Length;
    }

    // Cadences of ETSI TR 101 041 as most of Europe has them.
    private int Frequency(long ms) => name switch
    {
        "ringback" => ms % 5000 < 1000 ? 425 : 0,
        "busy" => ms % 1000 < 500 ? 425 : 0,
        "beep" => ms < 200 ? 1400 : 0,
        _ => Melody[ms / 400 % Melody.Length],
    };

    private ToneGenerator Tone(int frequency)
    {
        if (!_tones.TryGetValue(frequency, out var tone))
            _tones.Add(frequency, tone = new ToneGenerator(frequency, rate, -20));
        return tone;
    }
}
