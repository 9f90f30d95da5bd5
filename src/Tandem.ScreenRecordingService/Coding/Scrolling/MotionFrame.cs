namespace Tandem.ScreenRecordingService.Coding.Scrolling;

/// <summary>Writes a VP9 frame that is never shown and only moves: scrolled tiles are copied from the last frame by one
/// vertical vector, all else stays. It costs a few hundred bytes where an encoder would search every block for what is
/// known here. It is error resilient, so that it depends on nothing of the frames before but their pixels, and the frame
/// after it must be too. Sections are those of the VP9 bitstream specification.</summary>
internal sealed class MotionFrame
{
    /// <summary>Above this width a frame must have several tiles.</summary>
    public const int MaximumWidth = 4096;

    private const int BilinearFilter = 3;

    private readonly int width, height;

    public MotionFrame(int width, int height) => (this.width, this.height) = (width, height);

    public byte[] Write(ReadOnlySpan<byte> moved, int rows)
    {
        var map = new MotionMap(moved, rows, width, height);
        var header = CompressedHeader();
        var blocks = new BlockWriter(map);
        var tile = blocks.WriteAll();
        var frame = new List<byte>(64 + tile.Length);
        frame.AddRange(UncompressedHeader(header.Length));
        frame.AddRange(header);
        frame.AddRange(tile);
        return [.. frame];
    }

    /// <summary>Section 6.2.</summary>
    private byte[] UncompressedHeader(int compressedBytes)
    {
        var bits = new BitWriter();
        bits.Write(0b10, 2); // frame marker
        bits.Write(0, 2); // profile 0
        bits.Write(0, 1); // show_existing_frame
        bits.Write(1, 1); // not a key frame
        bits.Write(0, 1); // show_frame
        bits.Write(1, 1); // error_resilient_mode
        bits.Write(0, 1); // intra_only
        bits.Write(1, 8); // refresh the frame that libvpx calls LAST, slot 0
        for (var reference = 0; reference < 3; reference++)
            bits.Write(0, 4); // slot 0, no sign bias
        bits.Write(1, 1); // size as that of the first reference
        bits.Write(0, 1); // render size as frame size
        bits.Write(0, 1); // no high precision vectors
        bits.Write(0, 1); // one filter for the whole frame
        bits.Write(BilinearFilter, 2);
        bits.Write(0, 2); // frame_context_idx
        bits.Write(0, 6 + 3); // loop filter level and sharpness
        bits.Write(0b10, 2); // loop filter deltas enabled, as they are by default, not updated
        bits.Write(64, 8); // quantizer: anything but 0, which would mean lossless
        bits.Write(0, 3); // no quantizer deltas
        bits.Write(0, 1); // no segmentation
        if ((width + 63) / 64 >= 8)
            bits.Write(0, 1); // one tile column, where there could be two
        bits.Write(0, 1); // one tile row
        bits.Write((uint)compressedBytes, 16);
        return bits.ToArray();
    }

    /// <summary>Section 6.3: every probability stays at its default.</summary>
    private static byte[] CompressedHeader()
    {
        // 4x4 coefficients 1 flag at even odds, skip 3, inter mode 21, intra/inter 4, single reference 10, luma mode 36,
        // partition 48, motion vector 3 + 2 * 22 + 2 * 9
        const int updates = 3 + 21 + 4 + 10 + 36 + 48 + 3 + 2 * 22 + 2 * 9;
        var coder = new BoolEncoder();
        coder.Write(false, 128); // tx_mode: only 4x4, so that no block says its transform size
        coder.Write(false, 128);
        coder.Write(false, 128); // coefficient probabilities not updated
        for (var i = 0; i < updates; i++)
            coder.Write(false, Vp9Defaults.UpdateProbability);
        return coder.End().ToArray();
    }
}
