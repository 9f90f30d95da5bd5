namespace Tandem.Contracts.Srs;

/// <summary>What encoders are called in policies and in a PC's own options.</summary>
public static class EncoderNames
{
    public const string Vp9 = "vp9";
    public const string H264 = "h264";
    public const string Av1 = "av1";

    /// <summary>Before the name of an encoder of ffmpeg.</summary>
    public const string FfmpegPrefix = "ffmpeg:";

    /// <summary>A regular expression for all of them: ffmpeg's only for H.264, VP9 and AV1, which browsers play.</summary>
    public const string Pattern = Vp9 + "|" + H264 + "|" + Av1 + "|" + FfmpegPrefix + "(?=[a-z0-9_-]*(264|vp9|av1))[a-z0-9][a-z0-9_-]{2,39}";
}
