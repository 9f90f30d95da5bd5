using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Tandem.ScreenRecordingService.Capture;

/// <summary>One 16×16 tile from BGRX to planes Y, U, V of the same size, by the formula of <see cref="TileConverter"/>.</summary>
internal static unsafe class FullTileConverter
{
    private const int ChromaBias = (128 << 16) + (1 << 15);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Convert(byte* source, int sourceStride, byte* luma, byte* blue, byte* red, int stride)
    {
        for (var row = 0; row < ScreenPicture.Tile; row++, source += sourceStride, luma += stride, blue += stride, red += stride)
        {
            var (left, right) = (Vector256.Load((uint*)source), Vector256.Load((uint*)source + 8));
            Store(Weigh(left, TileConverter.LumaR, TileConverter.LumaG, TileConverter.LumaB, TileConverter.LumaBias),
                Weigh(right, TileConverter.LumaR, TileConverter.LumaG, TileConverter.LumaB, TileConverter.LumaBias), luma);
            Store(Weigh(left, TileConverter.BlueR, TileConverter.BlueG, TileConverter.BlueB, ChromaBias),
                Weigh(right, TileConverter.BlueR, TileConverter.BlueG, TileConverter.BlueB, ChromaBias), blue);
            Store(Weigh(left, TileConverter.RedR, TileConverter.RedG, TileConverter.RedB, ChromaBias),
                Weigh(right, TileConverter.RedR, TileConverter.RedG, TileConverter.RedB, ChromaBias), red);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Weigh(Vector256<uint> pixels, int red, int green, int blue, int bias)
    {
        var mask = Vector256.Create(0xFFu);
        var b = (pixels & mask).AsInt32();
        var g = ((pixels >>> 8) & mask).AsInt32();
        var r = ((pixels >>> 16) & mask).AsInt32();
        return (r * red + g * green + b * blue + Vector256.Create(bias)) >> 16;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<int> left, Vector256<int> right, byte* target)
    {
        var shorts = Vector256.Narrow(left.AsUInt32(), right.AsUInt32());
        Vector128.Narrow(shorts.GetLower(), shorts.GetUpper()).Store(target);
    }
}
