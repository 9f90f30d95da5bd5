using System.Globalization;

namespace Tandem.Lab.Network;

/// <summary>Reads an impairment as a command line gives it: <c>loss=1%,jitter=50ms,reorder=1%,skew=200ppm</c>.</summary>
public static class ImpairmentText
{
    private static readonly ImpairmentOption[] Options =
    [
        new("loss", "%", 0, 100, (to, value) => to with { LossPercent = value }),
        new("jitter", "ms", 0, 1000, (to, value) => to with { JitterMs = value }),
        new("reorder", "%", 0, 100, (to, value) => to with { ReorderPercent = value }),
        new("duplicate", "%", 0, 100, (to, value) => to with { DuplicatePercent = value }),
        new("skew", "ppm", -1000, 1000, (to, value) => to with { SkewPpm = value }),
        new("ssrc", "s", 1, 3600, (to, value) => to with { NewSourceEverySeconds = value }),
        new("seed", "", 0, int.MaxValue, (to, value) => to with { Seed = (int)value }),
    ];

    /// <summary>The names, units and ranges that are known.</summary>
    public static string Known { get; } = string.Join(", ", Options.Select(option => option.ToString()));

    /// <exception cref="FormatException">The message, one sentence, says what is wrong and what can be given.</exception>
    public static Impairment Parse(string text)
    {
        var parsed = new Impairment();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var at = part.IndexOf('=', StringComparison.Ordinal);
            var option = at < 0 ? null : Array.Find(Options, one => one.Name == part[..at]);
            if (option is null)
                throw new FormatException($"'{part}' is not an impairment; known are {Known}.");
            if (Value(part[(at + 1)..], option) is not { } value)
                throw new FormatException($"'{part}' is not possible; give {option}.");
            parsed = option.Set(parsed, value);
        }
        return parsed;
    }

    private static double? Value(string text, ImpairmentOption option)
    {
        if (option.Unit.Length > 0 && text.EndsWith(option.Unit, StringComparison.Ordinal))
            text = text[..^option.Unit.Length];
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && value >= option.Least && value <= option.Most ? value : null;
    }
}
