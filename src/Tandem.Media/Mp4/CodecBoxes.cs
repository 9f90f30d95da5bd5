namespace Tandem.Media.Mp4;

/// <summary>How a codec's sample entry and its configuration box are called.</summary>
internal static class CodecBoxes
{
    private static readonly (VideoCodec Codec, string Entry, string Configuration, int LeastBytes)[] Known =
    [
        (VideoCodec.Vp9, "vp09", "vpcC", 8), // VP Codec ISO Media File Format Binding
        (VideoCodec.H264, "avc1", "avcC", 7), // ISO/IEC 14496-15 §5
        (VideoCodec.Av1, "av01", "av1C", 4), // AV1 Codec ISO Media File Format Binding
    ];

    public static string Entry(VideoCodec codec) => Known[(int)codec].Entry;

    public static string Configuration(VideoCodec codec) => Known[(int)codec].Configuration;

    /// <param name="fields">What stands after the fixed part of the sample entry.</param>
    /// <returns>Null where the codec is not known or its configuration not whole.</returns>
    public static (VideoCodec Codec, byte[] Configuration)? Read(ReadOnlySpan<byte> entry, ReadOnlySpan<byte> fields)
    {
        foreach (var known in Known)
        {
            if (!BoxReader.IsType(entry, known.Entry))
                continue;
            var configuration = BoxReader.Find(fields, known.Configuration);
            return configuration.Length < known.LeastBytes ? null : (known.Codec, configuration.ToArray());
        }
        return null;
    }
}
