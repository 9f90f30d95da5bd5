using Tandem.Media.Signals;

namespace Tandem.MediaControlPlatform.Engine;

/// <summary>Tones: <c>tone:ringback</c>, <c>busy</c>, <c>beep</c>, <c>music</c>.</summary>
/// <param name="name">The part after <c>tone:</c>.</param>
internal sealed class TonePlayer(string name) : Player
{
    public const string Scheme = "tone:";
    private const int BeepMs = 200;

    // A plain major arpeggio; music that nobody owns.
    private static readonly int[] Melody = [262, 330, 392, 523, 392, 330];
    private readonly Dictionary<(int Hz, int Rate), ToneGenerator> _tones = [];

    /// <summary>True when a tone that ends by itself is over.</summary>
    public override bool IsOver => name == "beep" && Frames * 1000 / FramesPerSecond >= BeepMs;

    public static bool Knows(string uri) => uri is "tone:ringback" or "tone:busy" or "tone:beep" or "tone:music";

    protected override void Make(Span<short> pcm, int rate, long frame)
    {
        var frequency = Frequency(frame * 1000 / FramesPerSecond);
        if (frequency == 0)
            pcm.Clear();
        else
            Tone(frequency, rate).Fill(pcm, frame * pcm.Length);
    }

    // Cadences of ETSI TR 101 041 as most of Europe has them.
    private int Frequency(long ms) => name switch
    {
        "ringback" => ms % 5000 < 1000 ? 425 : 0,
        "busy" => ms % 1000 < 500 ? 425 : 0,
        "beep" => ms < BeepMs ? 1400 : 0,
        _ => Melody[ms / 400 % Melody.Length],
    };

    private ToneGenerator Tone(int frequency, int rate)
    {
        if (!_tones.TryGetValue((frequency, rate), out var tone))
            _tones.Add((frequency, rate), tone = new ToneGenerator(frequency, rate, -20));
        return tone;
    }
}
