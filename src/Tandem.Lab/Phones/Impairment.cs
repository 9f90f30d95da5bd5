using System.Globalization;

namespace Tandem.Lab.Phones;

/// <summary>Spoils a stream of RTP as a network does, in the same way for the same seed.</summary>
/// <param name="LossPercent">0 to 100.</param>
/// <param name="JitterMs">Each packet waits 0 to this, so that some overtake others.</param>
/// <param name="DuplicatePercent">0 to 100.</param>
public sealed record Impairment(double LossPercent, int JitterMs, double DuplicatePercent, int Seed)
{
    private readonly Random _chance = new(Seed);

    /// <param name="text">Such as <c>loss=2,jitter=30,duplicate=1,seed=7</c>; what is left out is 0.</param>
    /// <exception cref="FormatException">The message says what is wrong.</exception>
    public static Impairment Parse(string text)
    {
        var parsed = new Impairment(0, 0, 0, 1);
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var pair = part.Split('=');
            if (pair.Length != 2 || !double.TryParse(pair[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
                throw new FormatException($"'{part}' is not of the form name=number");
            parsed = pair[0] switch
            {
                "loss" when value is >= 0 and <= 100 => parsed with { LossPercent = value },
                "jitter" when value is >= 0 and <= 1000 => parsed with { JitterMs = (int)value },
                "duplicate" when value is >= 0 and <= 100 => parsed with { DuplicatePercent = value },
                "seed" => new Impairment(parsed.LossPercent, parsed.JitterMs, parsed.DuplicatePercent, (int)value),
                _ => throw new FormatException(
                    $"'{part}' is not an impairment; known are loss=0..100, jitter=0..1000, duplicate=0..100, seed=N"),
            };
        }
        return parsed;
    }

    /// <summary>The same network for another phone, with a sequence of its own.</summary>
    public Impairment For(int phone) => new(LossPercent, JitterMs, DuplicatePercent, Seed + phone * 7919);

    /// <summary>Sends the packet now, later, twice or never.</summary>
    internal void Pass(byte[] datagram, Action<byte[]> send)
    {
        if (_chance.NextDouble() * 100 < LossPercent)
            return;
        var copies = _chance.NextDouble() * 100 < DuplicatePercent ? 2 : 1;
        for (var copy = 0; copy < copies; copy++)
        {
            var delay = JitterMs == 0 ? 0 : _chance.Next(JitterMs + 1);
            if (delay == 0)
                send(datagram);
            else
                _ = DelayAsync(datagram, delay, send);
        }
    }

    private static async Task DelayAsync(byte[] datagram, int delayMs, Action<byte[]> send)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(delayMs), TimeProvider.System, CancellationToken.None);
        send(datagram);
    }
}
