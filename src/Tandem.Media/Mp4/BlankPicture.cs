namespace Tandem.Media.Mp4;

/// <summary>A small black key frame that stands in a track for as long as there is nothing to show, because a player would
/// go on showing the picture before. Coded once by libvpx, x264 and libaom; 128 × 72, limited range.</summary>
internal sealed record BlankPicture(VideoTrack Track, ReadOnlyMemory<byte> Data)
{
    private const int Width = 128;
    private const int Height = 72;

    private static readonly BlankPicture BlackVp9 = Make(
        VideoCodec.Vp9, default, "824983420007F004760038241C188C000030600000673FFFFED43913BB8290B000");

    private static readonly BlankPicture BlackH264 = H264(
        sps: "6742C00A0417082FE5C044000003000400000300083C489E",
        pps: "68040080E0F2C8",
        picture: "65880401012F2628000E28C9C9C9C9C9C9C9D75D75D75D75D75D75D75D75D75D75D75D75D75D75D75D75E0");

    private static readonly BlankPicture BlackAv1 = Av1("0A0A0000000337F8E6D7C8023211100094000000A0002001C57921FD90BF60");

    public static BlankPicture Of(VideoCodec codec) => codec switch
    {
        VideoCodec.Vp9 => BlackVp9,
        VideoCodec.H264 => BlackH264,
        _ => BlackAv1,
    };

    /// <summary>The parameter sets have the number 31 and are in the sample as well: a decoder that keeps to the first avcC of
    /// a track meets them there, and those of the recorder, number 0, stay as they are.</summary>
    private static BlankPicture H264(string sps, string pps, string picture) => Make(
        VideoCodec.H264,
        CodecConfiguration.H264(Convert.FromHexString(sps), Convert.FromHexString(pps), fullChroma: false),
        string.Concat(new[] { sps, pps, picture }.Select(unit => $"{unit.Length / 2:X8}{unit}")));

    private static BlankPicture Av1(string picture) =>
        Make(VideoCodec.Av1, CodecConfiguration.Av1(Convert.FromHexString(picture)), picture);

    private static BlankPicture Make(VideoCodec codec, ReadOnlyMemory<byte> configuration, string picture) =>
        new(new VideoTrack(codec, Width, Height, ProgressiveTable.Timescale, configuration), Convert.FromHexString(picture));
}
