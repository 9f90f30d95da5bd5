using System.Runtime.CompilerServices;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Tandem.ScreenRecordingService.Capture;

/// <summary>Finds by how many rows a region's content moved down (negative: up), as when a page is scrolled: in a few
/// strips of columns every row that is unlike all others in the old picture is looked for in the new one, and the
/// commonest distance is taken. The caller checks tile by tile where it is true.</summary>
internal static unsafe class ScrollFinder
{
    private const int StripPixels = 32;
    private const int Strips = 6;
    private const int MinimumVotes = 24;

    /// <param name="old">First pixel (4 bytes each) of the region as it was; strides in bytes.</param>
    /// <returns>0 where nothing scrolled.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Find(byte* old, int oldStride, byte* now, int nowStride, int width, int height)
    {
        if (width < StripPixels || height < 2 * ScreenPicture.Tile)
            return 0;
        var votes = new int[2 * height];
        var rows = new Dictionary<ulong, int>(height);
        for (var strip = 0; strip < Strips; strip++)
        {
            var at = (long)(width - StripPixels) * strip / (Strips - 1) * 4;
            rows.Clear();
            for (var y = 0; y < height; y++)
            {
                ref var row = ref CollectionsMarshal.GetValueRefOrAddDefault(rows, Hash(old + at + (long)y * oldStride), out var exists);
                row = exists ? -1 : y;
            }
            for (var y = 0; y < height; y++)
            {
                if (rows.TryGetValue(Hash(now + at + (long)y * nowStride), out var was) && was >= 0)
                    votes[y - was + height]++;
            }
        }
        votes[height] = 0; // what stands still is none
        var best = votes.AsSpan().IndexOf(votes.Max());
        return votes[best] >= MinimumVotes ? best - height : 0;
    }

    private static ulong Hash(byte* row)
    {
        // two chains, so that one multiplication need not wait for the other
        var (a, b) = (0x9E3779B97F4A7C15ul, 0xC2B2AE3D27D4EB4Ful);
        var pixels = (ulong*)row;
        for (var i = 0; i < StripPixels / 2; i += 2)
        {
            a = (BitOperations.RotateLeft(a, 5) ^ pixels[i]) * 0x2545F4914F6CDD1Dul;
            b = (BitOperations.RotateLeft(b, 5) ^ pixels[i + 1]) * 0x9FB21C651E98DF25ul;
        }
        return a ^ BitOperations.RotateLeft(b, 32);
    }
}
