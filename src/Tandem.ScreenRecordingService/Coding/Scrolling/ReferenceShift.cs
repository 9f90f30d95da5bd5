using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Tandem.ScreenRecordingService.Coding.Scrolling;

/// <summary>Does to a plane in place what a decoder does when it meets a <see cref="MotionFrame"/>.</summary>
internal static unsafe class ReferenceShift
{
    /// <param name="plane">Its first pixel.</param>
    /// <param name="tileSide">Pixels of this plane per tile: 16 for luma, 8 for chroma.</param>
    /// <param name="width">Visible pixels, as <paramref name="height"/>.</param>
    /// <param name="moved">Row by row of tiles, 1 where moved.</param>
    /// <param name="halfRows">How far content goes down, in halves of a pixel of this plane.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Apply(byte* plane, int stride, int tileSide, int width, int height, ReadOnlySpan<byte> moved, int halfRows)
    {
        var columns = (width + tileSide - 1) / tileSide;
        // In the order in which nothing is overwritten before it was read.
        var (from, step) = halfRows < 0 ? (0, 1) : (height - 1, -1);
        for (var y = from; y >= 0 && y < height; y += step)
        {
            var tiles = moved.Slice(y / tileSide * columns, columns);
            for (var column = 0; column < columns;)
            {
                if (tiles[column] == 0)
                {
                    column++;
                    continue;
                }
                var run = tiles[column..].IndexOf((byte)0);
                var end = run < 0 ? columns : column + run;
                var (x, length) = (column * tileSide, Math.Min(end * tileSide, width) - column * tileSide);
                ShiftRow(plane + x, stride, y, height, length, halfRows);
                column = end;
            }
        }
    }

    private static void ShiftRow(byte* plane, int stride, int y, int height, int length, int halfRows)
    {
        var target = plane + (long)y * stride;
        // arithmetic shift: the row above of the two that a half lies between
        var source = plane + (long)(y + (-halfRows >> 1)) * stride;
        if ((halfRows & 1) == 0)
            Buffer.MemoryCopy(source, target, length, length);
        else
            Average(source, y + (-halfRows >> 1) + 1 < height ? source + stride : source, target, length);
    }

    /// <summary>VP9's bilinear filter at half a pixel: (a + b + 1) / 2.</summary>
    private static void Average(byte* a, byte* b, byte* target, int length)
    {
        var x = 0;
        for (; x + Vector256<byte>.Count <= length; x += Vector256<byte>.Count)
        {
            var (above, below) = (Vector256.Load(a + x), Vector256.Load(b + x));
            ((above | below) - (((above ^ below) >>> 1) & Vector256.Create((byte)0x7F))).Store(target + x);
        }
        for (; x < length; x++)
            target[x] = (byte)((a[x] + b[x] + 1) >> 1);
    }
}
