namespace Tandem.ScreenRecordingService.Coding.Scrolling;

/// <summary>Which 16×16 tiles of a picture show what stood <paramref name="rows"/> pixels above (negative: below).</summary>
/// <param name="moved">Row by row, 1 where moved.</param>
/// <param name="width">Pixels.</param>
internal readonly ref struct MotionMap(ReadOnlySpan<byte> moved, int rows, int width, int height)
{
    private const int TileBlocks = 2;
    private readonly ReadOnlySpan<byte> moved = moved;
    private readonly int columns = (width + 15) / 16;

    public int Rows => rows;
    public int Width => width;
    public int Height => height;

    /// <summary>The picture in units of 8 pixels, as VP9 counts.</summary>
    public int BlockColumns => (width + 7) / 8;
    public int BlockRows => (height + 7) / 8;

    /// <summary>Whether the 8×8 block is in a moved tile.</summary>
    public bool IsMoved(int blockRow, int blockColumn) =>
        moved[blockRow / TileBlocks * columns + blockColumn / TileBlocks] != 0;

    /// <summary>Whether a square of <paramref name="size"/> blocks is moved as a whole or not at all.</summary>
    public bool IsUniform(int blockRow, int blockColumn, int size)
    {
        var first = IsMoved(blockRow, blockColumn);
        for (var row = blockRow; row < blockRow + size; row += TileBlocks)
        {
            for (var column = blockColumn; column < blockColumn + size; column += TileBlocks)
            {
                if (IsMoved(row, column) != first)
                    return false;
            }
        }
        return true;
    }
}
