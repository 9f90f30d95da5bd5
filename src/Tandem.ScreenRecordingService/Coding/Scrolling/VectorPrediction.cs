namespace Tandem.ScreenRecordingService.Coding.Scrolling;

/// <summary>What the blocks around one say of its vector (VP9 bitstream specification, section 6.4.22). There is one
/// reference frame and no other vector than zero and one that points into the picture, so that nothing is ever clamped
/// where it matters.</summary>
internal sealed class VectorPrediction(int rows, int columns)
{
    private const int NeighbourCount = 8;

    private readonly BlockMode[] modes = new BlockMode[rows * columns];
    private readonly int[] vectors = new int[rows * columns];

    /// <param name="level">The block's side is 8 &lt;&lt; level pixels.</param>
    /// <returns>Context of its mode, and the two likeliest vectors, 0 where there are none.</returns>
    public (int Context, int First, int Second) Predict(int row, int column, int level)
    {
        var (sum, found, first, second) = (0, 0, 0, 0);
        var around = Vp9Defaults.Neighbours.Slice(level * NeighbourCount * 2, NeighbourCount * 2);
        for (var i = 0; i < NeighbourCount && (found < 2 || i < 2); i++)
        {
            var (y, x) = (row + around[i * 2], column + around[i * 2 + 1]);
            if (y < 0 || x < 0 || y >= rows || x >= columns)
                continue;
            var at = y * columns + x;
            if (i < 2)
                sum += modes[at] switch { BlockMode.Zero => 3, BlockMode.New => 1, _ => 0 };
            if (found == 0)
                (first, found) = (vectors[at], 1);
            else if (found == 1 && vectors[at] != first)
                (second, found) = (vectors[at], 2);
        }
        return (Vp9Defaults.ModeContext[sum], first, second);
    }

    public void Set(int row, int column, int level, BlockMode mode, int vector)
    {
        for (var y = row; y < Math.Min(row + (1 << level), rows); y++)
        {
            var at = y * columns + column;
            var width = Math.Min(1 << level, columns - column);
            modes.AsSpan(at, width).Fill(mode);
            vectors.AsSpan(at, width).Fill(vector);
        }
    }
}
