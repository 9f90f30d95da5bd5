using System.Buffers.Binary;

namespace Tandem.Media.Mp4;

/// <summary>Bodies of codec configuration boxes, for 8 bit, BT.709, limited range.</summary>
public static class CodecConfiguration
{
    private const byte Bt709 = 1;

    /// <summary><c>vpcC</c> (VP Codec ISO Media File Format Binding, section 2): version 1, profile, level, depth and chroma.</summary>
    /// <param name="fullChroma">4:4:4 (profile 1), else 4:2:0 (profile 0).</param>
    public static byte[] Vp9(int width, int height, bool fullChroma) =>
    [
        1, 0, 0, 0,
        (byte)(fullChroma ? 1 : 0), Vp9Level(width, height), (byte)(8 << 4 | (fullChroma ? 3 : 1) << 1), Bt709, Bt709, Bt709, 0, 0,
    ];

    /// <summary><c>avcC</c> (ISO/IEC 14496-15 §5.3.3.1) for samples whose NAL units have lengths of 4 bytes.</summary>
    /// <param name="sps">Sequence parameter set as a NAL unit, header included, at least 4 bytes.</param>
    /// <param name="pps">Picture parameter set.</param>
    /// <param name="fullChroma">4:4:4, else 4:2:0.</param>
    public static byte[] H264(ReadOnlySpan<byte> sps, ReadOnlySpan<byte> pps, bool fullChroma)
    {
        var box = new byte[11 + sps.Length + pps.Length + 4];
        ReadOnlySpan<byte> head = [1, sps[1], sps[2], sps[3], 0xFF, 0xE1];
        head.CopyTo(box);
        BinaryPrimitives.WriteUInt16BigEndian(box.AsSpan(6), (ushort)sps.Length);
        sps.CopyTo(box.AsSpan(8));
        var at = 8 + sps.Length;
        box[at] = 1;
        BinaryPrimitives.WriteUInt16BigEndian(box.AsSpan(at + 1), (ushort)pps.Length);
        pps.CopyTo(box.AsSpan(at + 3));
        at += 3 + pps.Length;
        // Profiles above Main say chroma and depths, and that there is no extension.
        ReadOnlySpan<byte> tail = [(byte)(0xFC | (fullChroma ? 3 : 1)), 0xF8, 0xF8, 0];
        if (sps[1] is 66 or 77 or 88)
            return box[..at];
        tail.CopyTo(box.AsSpan(at));
        return box;
    }

    /// <summary><c>av1C</c> (AV1 Codec ISO Media File Format Binding, section 2.3) with the sequence header in it.</summary>
    /// <param name="unit">A coded picture that has a sequence header, such as a key frame.</param>
    /// <returns>Null where there is none, or one with timing information or several operating points.</returns>
    public static byte[]? Av1(ReadOnlySpan<byte> unit)
    {
        var header = Av1Unit.SequenceHeader(unit);
        if (header.Length < 6 || Av1Unit.Payload(header) is not { Length: >= 4 } payload)
            return null;
        // seq_profile 3, still_picture 1, reduced_still_picture_header 1, timing_info_present_flag 1,
        // initial_display_delay_present_flag 1, operating_points_cnt_minus_1 5, operating_point_idc 12, seq_level_idx 5, seq_tier 1
        var bits = BinaryPrimitives.ReadUInt32BigEndian(payload);
        if ((bits >> 20 & 0x1FF) != 0)
            return null;
        var level = bits >> 3 & 0x1F;
        var tier = level > 7 ? bits >> 2 & 1 : 0;
        // no high depth, not monochrome, chroma halved in both directions unless profile 1
        var profile = bits >> 29;
        var layout = profile == 1 ? 0u : 0b1100;
        return [0x81, (byte)(profile << 5 | level), (byte)(tier << 7 | layout), 0, .. header];
    }

    /// <summary>VP9 levels by luma picture size (VP9 bitstream specification, annex A).</summary>
    private static byte Vp9Level(int width, int height) => ((long)width * height) switch
    {
        <= 36_864 => 10,
        <= 73_728 => 11,
        <= 122_880 => 20,
        <= 245_760 => 21,
        <= 552_960 => 30,
        <= 983_040 => 31,
        <= 2_228_224 => 40,
        <= 8_912_896 => 50,
        _ => 60,
    };
}
