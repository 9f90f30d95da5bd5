namespace Tandem.Lab.Phones;

/// <summary>The steady tone each simulated party sends.</summary>
public static class Tones
{
    public const double LevelDbfs = -12;

    /// <summary>The same as a sample.</summary>
    public static double Amplitude { get; } = short.MaxValue * Math.Pow(10, LevelDbfs / 20);

    /// <summary>At the start of every whole UTC second of the sender's clock.</summary>
    public const int SilenceMs = 50;

    /// <summary>In hertz; in the order in which parties are named.</summary>
    public static IReadOnlyList<KeyValuePair<string, double>> All { get; } =
    [
        new("a1", 880),
        new("a2", 1320),
        new("a3", 1760),
        new("customer", 440),
        new("customer2", 2200),
    ];

    public static double Of(string party) => All.First(tone => tone.Key == party).Value;
}
