using System.Runtime.Intrinsics;
using Tandem.Media.Codecs;

namespace Tandem.MediaControlPlatform.Recording;

/// <summary>The two channels of a stretch straight from the codes that came: no decoding, no adding, no coding. For the usual
/// call, where each channel holds one G.711 party.</summary>
internal static class CodeMix
{
    // Shared by all recorders of the engine's one thread.
    [ThreadStatic]
    private static byte[]? s_one;
    [ThreadStatic]
    private static byte[]? s_two;

    /// <param name="target">Two bytes a sample, channel 1 first.</param>
    /// <returns>False where two parties speak on one channel, or one is not G.711: nothing was written.</returns>
    public static bool TryTake(List<Contribution> contributions, long fromUs, long toUs, G711Law law, Span<byte> target)
    {
        if (!TryFind(contributions, fromUs, toUs, true, out var agent) || !TryFind(contributions, fromUs, toUs, false, out var other))
            return false;
        var one = (s_one ??= new byte[G711.Rate]).AsSpan(0, target.Length / 2);
        var two = (s_two ??= new byte[G711.Rate]).AsSpan(0, target.Length / 2);
        Take(agent, fromUs, toUs, law, one);
        Take(other, fromUs, toUs, law, two);
        Interleave(one, two, target);
        return true;
    }

    internal static void Interleave(ReadOnlySpan<byte> one, ReadOnlySpan<byte> two, Span<byte> target)
    {
        var i = 0;
        for (; i + 16 <= one.Length; i += 16)
        {
            var (left, right) = (Vector128.Create(one[i..]), Vector128.Create(two[i..]));
            // The low byte of each pair is channel 1.
            var low = Vector128.WidenLower(left) | (Vector128.WidenLower(right) << 8);
            var high = Vector128.WidenUpper(left) | (Vector128.WidenUpper(right) << 8);
            low.AsByte().CopyTo(target[(2 * i)..]);
            high.AsByte().CopyTo(target[((2 * i) + 16)..]);
        }
        for (; i < one.Length; i++)
            (target[2 * i], target[(2 * i) + 1]) = (one[i], two[i]);
    }

    private static bool TryFind(List<Contribution> contributions, long fromUs, long toUs, bool agent, out Contribution? only)
    {
        only = null;
        foreach (var one in contributions)
        {
            if (one.Agent != agent || one.ToUs <= fromUs || one.FromUs >= toUs)
                continue;
            if (only is not null || one.Track.Law is null)
                return false;
            only = one;
        }
        return true;
    }

    private static void Take(Contribution? contribution, long fromUs, long toUs, G711Law law, Span<byte> codes)
    {
        codes.Fill(G711.Silence(law));
        if (contribution is null)
            return;
        var from = Math.Max(fromUs, contribution.FromUs);
        var to = Math.Min(toUs, contribution.ToUs);
        var at = (int)((from - fromUs) * G711.Rate / 1_000_000);
        var part = codes[at..(int)((to - fromUs) * G711.Rate / 1_000_000)];
        contribution.Track.ReadCodes((fromUs / 1000 * G711.Rate / 1000) + at, part);
        if (contribution.Track.Law is { } theirs && theirs != law)
            G711.Convert(theirs, law, part, part);
    }
}
