using System.Numerics;

namespace Tandem.ScreenRecordingService.Coding.Scrolling;

/// <summary>The blocks of a <see cref="MotionFrame"/>: squares as large as all in them moves alike, none with a residue
/// (VP9 bitstream specification, sections 6.4.2 to 6.4.20).</summary>
internal ref struct BlockWriter
{
    private const int SuperblockBlocks = 8;

    private readonly MotionMap map;
    private readonly BoolEncoder coder = new();
    private readonly VectorPrediction prediction;

    /// <summary>What partitions stand above and to the left: bit n says that they are smaller than 8 &lt;&lt; n pixels.</summary>
    private readonly byte[] above;
    private readonly byte[] left = new byte[SuperblockBlocks];

    public BlockWriter(MotionMap map)
    {
        this.map = map;
        prediction = new VectorPrediction(map.BlockRows, map.BlockColumns);
        above = new byte[(map.BlockColumns + SuperblockBlocks - 1) / SuperblockBlocks * SuperblockBlocks];
    }

    public readonly ReadOnlySpan<byte> WriteAll()
    {
        for (var row = 0; row < map.BlockRows; row += SuperblockBlocks)
        {
            Array.Clear(left);
            for (var column = 0; column < map.BlockColumns; column += SuperblockBlocks)
                WritePartition(row, column, 3);
        }
        return coder.End();
    }

    /// <param name="level">The square's side is 8 &lt;&lt; level pixels.</param>
    private readonly void WritePartition(int row, int column, int level)
    {
        if (row >= map.BlockRows || column >= map.BlockColumns)
            return;
        var size = 1 << level;
        var (hasRows, hasColumns) = (row + size / 2 < map.BlockRows, column + size / 2 < map.BlockColumns);
        var whole = level == 0 || row + size <= map.BlockRows && column + size <= map.BlockColumns && map.IsUniform(row, column, size);
        WritePartitionKind(row, column, level, split: !whole, hasRows, hasColumns);
        if (!whole)
        {
            for (var quarter = 0; quarter < 4; quarter++)
                WritePartition(row + quarter / 2 * size / 2, column + quarter % 2 * size / 2, level - 1);
            return;
        }
        WriteBlock(row, column, level);
        var smaller = (byte)(0xF << (level + 1) & 0xF);
        above.AsSpan(column, size).Fill(smaller);
        left.AsSpan(row % SuperblockBlocks, size).Fill(smaller);
    }

    /// <summary>Not at all, whole or split; at the picture's lower and right edge only some of it is asked.</summary>
    private readonly void WritePartitionKind(int row, int column, int level, bool split, bool hasRows, bool hasColumns)
    {
        var context = (left[row % SuperblockBlocks] >> level & 1) * 2 + (above[column] >> level & 1);
        var probabilities = Vp9Defaults.Partition.Slice((level * 4 + context) * 3, 3);
        if (hasRows && hasColumns)
        {
            coder.Write(split, probabilities[0]);
            if (!split)
                return;
            coder.Write(true, probabilities[1]); // not horizontal
            coder.Write(true, probabilities[2]); // not vertical
        }
        else if (hasColumns)
        {
            coder.Write(true, probabilities[1]);
        }
        else if (hasRows)
        {
            coder.Write(true, probabilities[2]);
        }
    }

    private readonly void WriteBlock(int row, int column, int level)
    {
        var neighbours = (row > 0 ? 1 : 0) + (column > 0 ? 1 : 0);
        coder.Write(true, Vp9Defaults.Skip[neighbours]); // all blocks are skipped, so the context counts neighbours
        coder.Write(true, Vp9Defaults.IntraInter);
        coder.Write(false, Vp9Defaults.SingleReference[neighbours == 0 ? 2 : 4]); // LAST
        var (context, first, second) = prediction.Predict(row, column, level);
        var vector = map.IsMoved(row, column) ? -map.Rows : 0;
        var mode = vector == 0 ? BlockMode.Zero : first == vector ? BlockMode.Nearest : second == vector ? BlockMode.Near : BlockMode.New;
        WriteMode(mode, Vp9Defaults.InterMode.Slice(context * 3, 3));
        if (mode == BlockMode.New)
            WriteVector(vector - first);
        prediction.Set(row, column, level, mode, vector);
    }

    private readonly void WriteMode(BlockMode mode, ReadOnlySpan<byte> probabilities)
    {
        // a tree of one branch: zero, nearest, near, new
        var ones = mode switch { BlockMode.Zero => 0, BlockMode.Nearest => 1, BlockMode.Near => 2, _ => 3 };
        for (var i = 0; i < Math.Min(ones + 1, 3); i++)
            coder.Write(i < ones, probabilities[i]);
    }

    /// <param name="rows">Whole pixels downwards, not 0.</param>
    private readonly void WriteVector(int rows)
    {
        ReadOnlySpan<byte> joints = Vp9Defaults.MotionJoints;
        coder.Write(true, joints[0]);
        coder.Write(true, joints[1]);
        coder.Write(false, joints[2]); // vertical only
        coder.Write(rows < 0, Vp9Defaults.MotionSign);
        var magnitude = Math.Abs(rows) - 1;
        var kind = magnitude < 2 ? 0 : BitOperations.Log2((uint)magnitude);
        var fraction = Vp9Defaults.MotionFraction;
        WriteVectorClass(kind);
        if (kind == 0)
        {
            coder.Write(magnitude == 1, Vp9Defaults.MotionClass0);
            fraction = Vp9Defaults.MotionClass0Fraction.Slice(magnitude * 3, 3);
        }
        for (var bit = 0; bit < kind; bit++)
            coder.Write((magnitude >> bit & 1) != 0, Vp9Defaults.MotionBits[bit]);
        // A whole pixel: what is coded is the eighths less one, so the last of four quarters.
        foreach (var probability in fraction)
            coder.Write(true, probability);
    }

    /// <summary>Class n holds magnitudes of n bits below the leading one. The tree's paths, as node and branch.</summary>
    private readonly void WriteVectorClass(int kind)
    {
        ReadOnlySpan<byte> path = kind switch
        {
            0 => [0, 0],
            1 => [0, 1, 1, 0],
            2 or 3 => [0, 1, 1, 1, 2, 0, 3, (byte)(kind - 2)],
            4 or 5 => [0, 1, 1, 1, 2, 1, 4, 0, 5, (byte)(kind - 4)],
            6 => [0, 1, 1, 1, 2, 1, 4, 1, 6, 0],
            7 or 8 => [0, 1, 1, 1, 2, 1, 4, 1, 6, 1, 7, 0, 8, (byte)(kind - 7)],
            _ => [0, 1, 1, 1, 2, 1, 4, 1, 6, 1, 7, 1, 9, (byte)(kind - 9)],
        };
        for (var i = 0; i < path.Length; i += 2)
            coder.Write(path[i + 1] != 0, Vp9Defaults.MotionClasses[path[i]]);
    }
}
