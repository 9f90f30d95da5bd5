using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Tandem.ScreenRecordingService.Capture;

/// <summary>One 16×16 tile from BGRX to I420 by ITU-R BT.709, limited range, 16-bit fixed point; chroma is the mean of
/// 2×2 pixels.</summary>
internal static unsafe class TileConverter
{
    public const int LumaR = 11_966, LumaG = 40_254, LumaB = 4_064;
    public const int BlueR = -6_596, BlueG = -22_188, BlueB = 28_784;
    public const int RedR = 28_784, RedG = -26_145, RedB = -2_639;
    public const int LumaBias = (16 << 16) + (1 << 15);

    // sums of four pixels: two more bits
    private const int ChromaBias = (128 << 18) + (1 << 17);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Convert(byte* source, int sourceStride, byte* luma, int lumaStride, byte* blue, byte* red, int chromaStride)
    {
        for (var row = 0; row < 16; row += 2)
        {
            var upper = (uint*)(source + (long)row * sourceStride);
            var lower = (uint*)(source + (long)(row + 1) * sourceStride);
            var (a, b) = (Vector256.Load(upper), Vector256.Load(upper + 8));
            var (c, d) = (Vector256.Load(lower), Vector256.Load(lower + 8));
            var both = Vector256.Narrow(Luma(a, b), Luma(c, d));
            both.GetLower().Store(luma + row * lumaStride);
            both.GetUpper().Store(luma + (row + 1) * lumaStride);
            var (evenOdd0, green0) = PairSums(a, c);
            var (evenOdd1, green1) = PairSums(b, d);
            var redBlue = Vector256.Narrow(evenOdd0, evenOdd1);
            var green = Vector256.Narrow(green0, green1).AsInt32();
            var sumR = (redBlue >>> 16).AsInt32();
            var sumB = (redBlue & Vector256.Create(0xFFFFu)).AsInt32();
            StoreChroma(sumR * BlueR + green * BlueG + sumB * BlueB, blue + row / 2 * chromaStride);
            StoreChroma(sumR * RedR + green * RedG + sumB * RedB, red + row / 2 * chromaStride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ushort> Luma(Vector256<uint> left, Vector256<uint> right) =>
        Vector256.Narrow(Luma(left).AsUInt32(), Luma(right).AsUInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Luma(Vector256<uint> pixels)
    {
        var mask = Vector256.Create(0xFFu);
        var b = (pixels & mask).AsInt32();
        var g = ((pixels >>> 8) & mask).AsInt32();
        var r = ((pixels >>> 16) & mask).AsInt32();
        return (r * LumaR + g * LumaG + b * LumaB + Vector256.Create(LumaBias)) >> 16;
    }

    /// <summary>Sums over 2×2 pixels, one per 64-bit lane: red above blue in 16 bits each, and green.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<ulong> RedBlue, Vector256<ulong> Green) PairSums(Vector256<uint> upper, Vector256<uint> lower)
    {
        var mask = Vector256.Create(0x00FF00FFu);
        var low = Vector256.Create(0xFFFFFFFFul);
        var redBlue = ((upper & mask) + (lower & mask)).AsUInt64();
        var green = (((upper >>> 8) & Vector256.Create(0xFFu)) + ((lower >>> 8) & Vector256.Create(0xFFu))).AsUInt64();
        return ((redBlue + (redBlue >>> 32)) & low, (green + (green >>> 32)) & low);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreChroma(Vector256<int> weighted, byte* target)
    {
        var values = (weighted + Vector256.Create(ChromaBias)) >> 18;
        var shorts = Vector128.Narrow(values.GetLower().AsUInt32(), values.GetUpper().AsUInt32());
        Vector64.Narrow(shorts.GetLower(), shorts.GetUpper()).Store(target);
    }
}
