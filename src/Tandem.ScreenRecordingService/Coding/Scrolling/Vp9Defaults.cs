namespace Tandem.ScreenRecordingService.Coding.Scrolling;

/// <summary>What of VP9's default probabilities and neighbour positions a frame of mere motion uses (VP9 bitstream
/// specification, sections 10.5 and 6.4.21).</summary>
internal static class Vp9Defaults
{
    public const int IntraInter = 9;
    public const int UpdateProbability = 252;

    public static ReadOnlySpan<byte> Skip => [192, 128, 64];

    /// <summary>First bit of the reference frame by context; all neighbours are LAST: 2 without neighbours, else 4.</summary>
    public static ReadOnlySpan<byte> SingleReference => [33, 77, 142, 172, 238];

    /// <summary>By context, three each.</summary>
    public static ReadOnlySpan<byte> InterMode =>
        [2, 173, 34, 7, 145, 85, 7, 166, 63, 7, 94, 66, 8, 64, 46, 17, 81, 31, 25, 29, 30];

    /// <summary>By block size (8, 16, 32, 64) and context, three each.</summary>
    public static ReadOnlySpan<byte> Partition =>
    [
        199, 122, 141, 147, 63, 159, 148, 133, 118, 121, 104, 114,
        174, 73, 87, 92, 41, 83, 82, 99, 50, 53, 39, 39,
        177, 58, 59, 68, 26, 63, 52, 79, 25, 17, 14, 12,
        222, 34, 30, 72, 16, 44, 58, 32, 12, 10, 7, 6,
    ];

    public static ReadOnlySpan<byte> MotionJoints => [32, 64, 96];

    // of a vertical motion vector component
    public const int MotionSign = 128;
    public const int MotionClass0 = 216;
    public static ReadOnlySpan<byte> MotionClasses => [224, 144, 192, 168, 192, 176, 192, 198, 198, 245];
    public static ReadOnlySpan<byte> MotionBits => [136, 140, 148, 160, 176, 192, 224, 234, 234, 240];
    public static ReadOnlySpan<byte> MotionFraction => [64, 96, 64];
    public static ReadOnlySpan<byte> MotionClass0Fraction => [128, 128, 64, 96, 112, 64];

    /// <summary>Inter mode context by the sum over the two nearest neighbours of 0 (predicted), 1 (new), 3 (zero).</summary>
    public static ReadOnlySpan<byte> ModeContext => [2, 3, 4, 1, 3, 9, 0];

    /// <summary>Neighbours that predict a vector, row and column in units of 8 pixels, by block size (8, 16, 32, 64).</summary>
    public static ReadOnlySpan<sbyte> Neighbours =>
    [
        -1, 0, 0, -1, -1, -1, -2, 0, 0, -2, -2, -1, -1, -2, -2, -2,
        -1, 0, 0, -1, -1, 1, 1, -1, -1, -1, -3, 0, 0, -3, -3, -3,
        -1, 1, 1, -1, -1, 2, 2, -1, -1, -1, -3, 0, 0, -3, -3, -3,
        -1, 3, 3, -1, -1, 4, 4, -1, -1, -1, -1, 0, 0, -1, -1, 6,
    ];
}
