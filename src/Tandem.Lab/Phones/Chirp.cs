namespace Tandem.Lab.Phones;

/// <summary>A short linear sweep at the start of every whole UTC second, of a band and a direction that are the party's own: a
/// matched filter finds its place to the sample, also among other voices.</summary>
/// <param name="FromHz">Where the sweep begins.</param>
/// <param name="ToHz">Where it ends.</param>
public sealed record Chirp(double FromHz, double ToHz)
{
    /// <summary>Within the first 50 ms of a second.</summary>
    public const long WindowUs = 50_000;

    private const double StartSeconds = 0.005, Seconds = 0.040, EdgeSeconds = 0.002;

    // In the order of Tones.All. Wide, so that the filter has one peak; fast, so that no tone is heard in it.
    private static readonly Chirp[] Own =
        [new(330, 1770), new(1770, 330), new(1830, 3270), new(3270, 1830), new(330, 3270)];

    public static Chirp Of(string party)
    {
        var number = Tones.All.Select(tone => tone.Key).ToList().IndexOf(party);
        return number < 0 ? throw new ArgumentException($"No party is called {party}.", nameof(party)) : Own[number];
    }

    /// <summary>From -1 to 1; 0 where there is no sweep.</summary>
    /// <param name="seconds">Since the start of the UTC second.</param>
    public double At(double seconds)
    {
        var t = seconds - StartSeconds;
        if (t is < 0 or > Seconds)
            return 0;
        var edge = Math.Min(1, Math.Min(t, Seconds - t) / EdgeSeconds);
        return (0.5 - (0.5 * Math.Cos(Math.PI * edge)))
            * Math.Sin(2 * Math.PI * ((FromHz * t) + ((ToHz - FromHz) / Seconds * t * t / 2)));
    }
}
