using System.Globalization;

namespace Tandem.Media.Mp4;

/// <summary>A video track of a file.</summary>
/// <param name="Width">Pixels, 1 to 65,535.</param>
/// <param name="Timescale">Ticks a second: 1,000 or 1,000,000 in files of our own; others are read.</param>
/// <param name="Configuration">Body of the codec configuration box: <c>vpcC</c> (with its version and flags),
/// <c>avcC</c> or <c>av1C</c>. For VP9 it may be left empty: 8 bit 4:2:0 BT.709 limited range is written.</param>
/// <param name="Name">For people who open the file elsewhere.</param>
public sealed record VideoTrack(VideoCodec Codec, int Width, int Height, uint Timescale, ReadOnlyMemory<byte> Configuration = default, string Name = "Screen")
{
    /// <summary>RFC 6381 string such as <c>vp09.00.40.08</c>, <c>avc1.42C01F</c> or <c>av01.0.08M.08</c>.</summary>
    public string CodecString
    {
        get
        {
            var body = ConfigurationOrDefault().Span;
            return Codec switch
            {
                VideoCodec.Vp9 => Vp9String(body),
                VideoCodec.H264 => string.Create(CultureInfo.InvariantCulture, $"avc1.{body[1]:X2}{body[2]:X2}{body[3]:X2}"),
                _ => Av1String(body),
            };
        }
    }

    /// <exception cref="InvalidOperationException">H.264 or AV1 without its configuration.</exception>
    internal ReadOnlyMemory<byte> ConfigurationOrDefault()
    {
        if (!Configuration.IsEmpty)
            return Configuration;
        return Codec == VideoCodec.Vp9
            ? CodecConfiguration.Vp9(Width, Height, fullChroma: false)
            : throw new InvalidOperationException($"A track of {Codec} needs its configuration.");
    }

    /// <summary>Chroma and colours are said where the chroma is not 4:2:0, which is what is meant without.</summary>
    private static string Vp9String(ReadOnlySpan<byte> body)
    {
        var chroma = body[6] >> 1 & 7;
        var common = string.Create(CultureInfo.InvariantCulture, $"vp09.{body[4]:00}.{body[5]:00}.{body[6] >> 4:00}");
        return chroma < 2
            ? common
            : string.Create(CultureInfo.InvariantCulture, $"{common}.{chroma:00}.{body[7]:00}.{body[8]:00}.{body[9]:00}.{body[6] & 1:00}");
    }

    /// <summary>AV1 Codec ISO Media File Format Binding, section 5.</summary>
    private static string Av1String(ReadOnlySpan<byte> body)
    {
        var tier = body[2] >> 7 == 0 ? 'M' : 'H';
        var depth = (body[2] & 0x40) == 0 ? 8 : (body[2] & 0x20) == 0 ? 10 : 12;
        return string.Create(CultureInfo.InvariantCulture, $"av01.{body[1] >> 5}.{body[1] & 0x1F:00}{tier}.{depth:00}");
    }
}
