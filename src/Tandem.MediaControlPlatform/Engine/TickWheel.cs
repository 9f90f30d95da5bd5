namespace Tandem.MediaControlPlatform.Engine;

/// <summary>Spreads what is to be done every 20 ms over 20 slots of a millisecond, so that a packet never waits for the work
/// of a thousand calls. Few calls share few slots, so that an idle thread sleeps.</summary>
internal sealed class TickWheel
{
    public const int Slots = 20;
    public const long SlotUs = 1000;
    public const long RoundUs = Slots * SlotUs;

    /// <summary>A stall of up to this long is made up for, tick by tick; what a longer one took is gone.</summary>
    public const long MakesUpUs = 5 * RoundUs;
    private const int FewPerSlot = 8;
    private readonly List<MediaConference>[] _conferences = [.. Enumerable.Range(0, Slots).Select(_ => new List<MediaConference>())];
    private readonly List<MediaLeg>[] _legs = [.. Enumerable.Range(0, Slots).Select(_ => new List<MediaLeg>())];

    public static int SlotAt(long clockUs) => (int)(clockUs / SlotUs % Slots);

    public List<MediaConference> Conferences(int slot) => _conferences[slot];

    public List<MediaLeg> Legs(int slot) => _legs[slot];

    public void Add(MediaConference conference) => Emptiest(_conferences).Add(conference);

    public void Add(MediaLeg leg) => Emptiest(_legs).Add(leg);

    public void Remove(MediaLeg leg)
    {
        foreach (var slot in _legs)
        {
            if (slot.Remove(leg))
                return;
        }
    }

    /// <summary>When, from a moment on, the next slot comes that has work; at most a round later.</summary>
    public long NextUs(long clockUs)
    {
        for (var end = clockUs + RoundUs; clockUs < end; clockUs += SlotUs)
        {
            var slot = SlotAt(clockUs);
            if (_conferences[slot].Count > 0 || _legs[slot].Count > 0)
                break;
        }
        return clockUs;
    }

    private static List<T> Emptiest<T>(List<T>[] slots)
    {
        var count = 0;
        foreach (var slot in slots)
            count += slot.Count;
        var best = slots[0];
        for (var i = 1; i < Math.Min(Slots, (count / FewPerSlot) + 1); i++)
        {
            if (slots[i].Count < best.Count)
                best = slots[i];
        }
        return best;
    }
}
