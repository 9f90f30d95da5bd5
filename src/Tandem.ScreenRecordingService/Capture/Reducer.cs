namespace Tandem.ScreenRecordingService.Capture;

/// <summary>Makes one pixel of several: the mean of a square, for each of its four bytes.</summary>
internal static unsafe class Reducer
{
    /// <summary>Shrinks a picture into another.</summary>
    /// <param name="width">Pixels of the result, as <paramref name="height"/>; its rows lie close together.</param>
    public static void Shrink(byte* source, int stride, uint* target, int width, int height, int by)
    {
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
                *target++ = Mean(source + (long)y * by * stride + x * by * 4, stride, by, by);
        }
    }

    public static CursorShape Of(CursorShape shape, int by)
    {
        var (left, top) = (FloorDivide(shape.X, by), FloorDivide(shape.Y, by));
        var (width, height) = ((shape.Width + by - 1) / by, (shape.Height + by - 1) / by);
        var pixels = new uint[width * height];
        fixed (uint* source = shape.Pixels)
        {
            for (var i = 0; i < pixels.Length; i++)
            {
                var (x, y) = (i % width * by, i / width * by);
                pixels[i] = Mean((byte*)(source + y * shape.Width + x), shape.Width * 4, Math.Min(by, shape.Width - x), Math.Min(by, shape.Height - y));
            }
        }
        return new CursorShape(left, top, width, height, pixels);
    }

    private static uint Mean(byte* source, int stride, int columns, int rows)
    {
        var (evens, odds) = (0ul, 0ul); // bytes 0 and 2, 1 and 3, each summed in 32 bits
        for (var y = 0; y < rows; y++)
        {
            for (var x = 0; x < columns; x++)
            {
                var pixel = ((uint*)(source + (long)y * stride))[x];
                evens += pixel & 0xFF | (ulong)(pixel >> 16 & 0xFF) << 32;
                odds += pixel >> 8 & 0xFF | (ulong)(pixel >> 24) << 32;
            }
        }
        var count = (uint)(columns * rows);
        return (uint)evens / count | (uint)odds / count << 8 | (uint)(evens >> 32) / count << 16 | (uint)(odds >> 32) / count << 24;
    }

    private static int FloorDivide(int value, int by) => (int)Math.Floor((double)value / by);
}
