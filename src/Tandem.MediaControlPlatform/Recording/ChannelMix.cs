using System.Runtime.InteropServices;
using Tandem.Media.Codecs;
using Tandem.Media.Placement;

namespace Tandem.MediaControlPlatform.Recording;

/// <summary>Sums the contributions of a stretch into the two channels.</summary>
internal static class ChannelMix
{
    // Shared by all recorders of the engine's one thread.
    [ThreadStatic]
    private static short[]? s_one;
    [ThreadStatic]
    private static short[]? s_two;
    [ThreadStatic]
    private static short[]? s_voice;

    /// <summary>Both channels of a stretch of at most a second; valid until the next call on this thread.</summary>
    public static void Take(
        List<Contribution> contributions, long fromUs, long toUs, int rate, out Span<short> one, out Span<short> two)
    {
        var count = (int)((toUs - fromUs) / 1000 * rate / 1000);
        one = (s_one ??= new short[AudioCodec.WideRate]).AsSpan(0, count);
        two = (s_two ??= new short[AudioCodec.WideRate]).AsSpan(0, count);
        one.Clear();
        two.Clear();
        foreach (var contribution in CollectionsMarshal.AsSpan(contributions))
            Add(contribution, contribution.Agent ? one : two, fromUs, toUs, rate);
    }

    /// <summary>One contribution alone; valid until the next call on this thread.</summary>
    public static Span<short> Take(Contribution contribution, long fromUs, long toUs, int rate)
    {
        var alone = (s_one ??= new short[AudioCodec.WideRate]).AsSpan(0, (int)((toUs - fromUs) / 1000 * rate / 1000));
        alone.Clear();
        Add(contribution, alone, fromUs, toUs, rate);
        return alone;
    }

    private static void Add(Contribution contribution, Span<short> channel, long fromUs, long toUs, int rate)
    {
        var from = Math.Max(fromUs, contribution.FromUs);
        var to = Math.Min(toUs, contribution.ToUs);
        if (to <= from)
            return;
        var at = (int)((from - fromUs) * rate / 1_000_000);
        var count = (int)((to - fromUs) * rate / 1_000_000) - at;
        var voice = (s_voice ??= new short[AudioCodec.WideRate]).AsSpan(0, count);
        TrackReader.Read(contribution.Track, (fromUs / 1000 * rate / 1000) + at, voice, rate);
        for (var i = 0; i < count; i++)
            channel[at + i] = (short)Math.Clamp(channel[at + i] + voice[i], short.MinValue, short.MaxValue);
    }
}
