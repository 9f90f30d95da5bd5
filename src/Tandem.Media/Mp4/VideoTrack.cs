using System.Globalization;

namespace Tandem.Media.Mp4;

/// <summary>The one video track of a file.</summary>
/// <param name="Width">Pixels, 1 to 65,535.</param>
/// <param name="Timescale">Ticks a second: 1,000 or 1,000,000 in files of our own; others are read.</param>
/// <param name="Configuration">Body of the codec configuration box: <c>vpcC</c> (with its version and flags) or
/// <c>avcC</c>. For VP9 it may be left empty: 8 bit 4:2:0 BT.709 limited range is written.</param>
public sealed record VideoTrack(VideoCodec Codec, int Width, int Height, uint Timescale, ReadOnlyMemory<byte> Configuration = default)
{
    /// <summary>RFC 6381 string such as <c>vp09.00.40.08</c> or <c>avc1.42C01F</c>.</summary>
    public string CodecString
    {
        get
        {
            var body = ConfigurationOrDefault().Span;
            return Codec == VideoCodec.Vp9
                ? string.Create(CultureInfo.InvariantCulture, $"vp09.{body[4]:00}.{body[5]:00}.{body[6] >> 4:00}")
                : string.Create(CultureInfo.InvariantCulture, $"avc1.{body[1]:X2}{body[2]:X2}{body[3]:X2}");
        }
    }

    /// <exception cref="InvalidOperationException">H.264 without <c>avcC</c>.</exception>
    internal ReadOnlyMemory<byte> ConfigurationOrDefault()
    {
        if (!Configuration.IsEmpty)
            return Configuration;
        if (Codec != VideoCodec.Vp9)
            throw new InvalidOperationException("An H.264 track needs its avcC.");
        // VP Codec ISO Media File Format Binding, section 2: version 1, profile 0, level, 8 bit 4:2:0, BT.709 thrice.
        return new byte[] { 1, 0, 0, 0, 0, Vp9Level(Width, Height), 0x82, 1, 1, 1, 0, 0 };
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
