using System.Globalization;
using Tandem.Media.Mp4;
using Tandem.ScreenRecordingService.Capture;

namespace Tandem.ScreenRecordingService.Coding.Ffmpeg;

/// <summary>How ffmpeg is started for an encoder of its: no look-ahead, key frames only at the beginning, a quality about that
/// of our own VP9. What ffmpeg 5.1 of Debian has in software was run; the encoders of graphics cards and of Windows are set
/// up by their documentation and were not.</summary>
internal sealed class FfmpegCommand
{
    private const string VaapiDevice = "/dev/dri/renderD128";

    private readonly string name;

    public FfmpegCommand(string name, ScreenPicture shape)
    {
        this.name = name;
        FullChroma = shape.FullChroma;
        Codec = name.Contains("264", StringComparison.Ordinal) ? VideoCodec.H264 : name.Contains("av1", StringComparison.Ordinal) ? VideoCodec.Av1 : VideoCodec.Vp9;
        // H.264 halves the chroma of whole pairs of pixels only; the picture is padded to whole tiles.
        var odd = Codec == VideoCodec.H264 && !FullChroma ? 1 : 0;
        (Width, Height) = (shape.Width + (shape.Width & odd), shape.Height + (shape.Height & odd));
    }

    public VideoCodec Codec { get; }
    public int Width { get; }
    public int Height { get; }
    public bool FullChroma { get; }
    public int ChromaWidth => FullChroma ? Width : (Width + 1) / 2;
    public int ChromaHeight => FullChroma ? Height : (Height + 1) / 2;
    public int PictureBytes => Width * Height + 2 * ChromaWidth * ChromaHeight;

    public IEnumerable<string> Arguments =>
    [
        "-v", "error", .. OfDevice(), "-probesize", "32", "-analyzeduration", "0",
        "-f", "rawvideo", "-pix_fmt", FullChroma ? "yuv444p" : "yuv420p",
        "-video_size", string.Create(CultureInfo.InvariantCulture, $"{Width}x{Height}"), "-framerate", "10", "-i", "pipe:0",
        "-fps_mode", "passthrough", "-c:v", name, "-g", "9999", "-bf", "0", .. OfEncoder(),
        "-color_primaries", "bt709", "-color_trc", "bt709", "-colorspace", "bt709", "-color_range", "tv",
        "-flush_packets", "1", .. Container(), "pipe:1",
    ];

    private bool IsOf(string api) => name.EndsWith(api, StringComparison.Ordinal);

    private string[] OfDevice() => IsOf("_vaapi") ? ["-vaapi_device", VaapiDevice] : [];

    private string[] Container() => Codec == VideoCodec.H264 ? ["-flvflags", "no_duration_filesize", "-f", "flv"] : ["-f", "ivf"];

    private string[] OfEncoder() => name switch
    {
        "libvpx-vp9" =>
        [
            "-deadline", "realtime", "-cpu-used", "8", "-tune-content", "screen", "-crf", "24", "-b:v", "0",
            "-lag-in-frames", "0", "-auto-alt-ref", "0", "-threads", "1",
        ],
        "libx264" => ["-preset", "veryfast", "-tune", "zerolatency", "-crf", "20"],
        "libopenh264" => ["-rc_mode", "quality", "-b:v", "8M", "-qmin", "16", "-qmax", "24", "-allow_skip_frames", "0"],
        "libaom-av1" =>
        [
            "-usage", "realtime", "-cpu-used", "8", "-aom-params", "tune-content=screen", "-crf", "30", "-b:v", "0",
            "-lag-in-frames", "0", "-threads", "1",
        ],
        _ when IsOf("_nvenc") => ["-preset", "p2", "-tune", "ull", "-rc", "constqp", "-qp", "22", "-delay", "0", "-zerolatency", "1"],
        _ when IsOf("_qsv") => ["-preset", "veryfast", "-global_quality", "22", "-async_depth", "1"],
        _ when IsOf("_amf") => ["-usage", "ultralowlatency", "-quality", "speed", "-rc", "cqp", "-qp_i", "20", "-qp_p", "22"],
        _ when IsOf("_mf") => ["-rate_control", "quality", "-quality", "85", "-scenario", "display_remoting"],
        _ when IsOf("_vaapi") => ["-vf", "format=nv12,hwupload", "-qp", "22", "-async_depth", "1"],
        _ => ["-b:v", "6M"],
    };
}
