using Tandem.TestKit;
using Tandem.WebServices.Export;

namespace Tandem.WebServices.Tests.Export;

public sealed class ExportCommandTests
{
    [Fact]
    public async Task Voices_keep_their_sides_and_their_places_beside_the_copied_picture()
    {
        Assert.SkipUnless(Tool.Missing("ffmpeg", "ffprobe") is null, Tool.Missing("ffmpeg", "ffprobe") ?? "");
        var stop = TestContext.Current.CancellationToken;
        using var folder = new TempFolder();
        await FfmpegAsync(["-f", "lavfi", "-i", "sine=frequency=440:duration=1:sample_rate=8000", "-af", "pan=stereo|c0=c0|c1=0*c0", folder.At("a.wav")], stop);
        await FfmpegAsync(["-f", "lavfi", "-i", "testsrc=duration=2:size=64x64:rate=5", "-c:v", "libvpx-vp9", folder.At("s.mp4")], stop);
        var arguments = ExportCommand.Arguments(
            [new ExportInput(folder.At("a.wav"), 1500)], new ExportInput(folder.At("s.mp4"), 500), folder.At("out.mp4"));
        await FfmpegAsync(arguments, stop);

        var (_, silence) = await RunningProcess.RunAsync(
            "ffmpeg", ["-nostdin", "-i", folder.At("out.mp4"), "-af", "pan=mono|c0=c0,silencedetect=noise=-40dB:d=0.3", "-f", "null", "-"], stop);
        var end = double.Parse(
            silence.Split("silence_end: ")[1].Split(' ', '\n')[0].Trim(), System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(end, 1.45, 1.55);
        var (_, right) = await RunningProcess.RunAsync(
            "ffmpeg", ["-nostdin", "-i", folder.At("out.mp4"), "-af", "pan=mono|c0=c1,volumedetect", "-f", "null", "-"], stop);
        Assert.Contains("max_volume: -91.0 dB", right, StringComparison.Ordinal);
        var (_, video) = await RunningProcess.RunAsync(
            "ffprobe", ["-v", "error", "-select_streams", "v", "-show_entries", "stream=codec_name,start_time", "-of", "csv=p=0", folder.At("out.mp4")], stop);
        Assert.StartsWith("vp9,0.5", video, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_monitors_track_is_in_the_export_under_its_name()
    {
        Assert.SkipUnless(Tool.Missing("ffmpeg", "ffprobe") is null, Tool.Missing("ffmpeg", "ffprobe") ?? "");
        var stop = TestContext.Current.CancellationToken;
        using var folder = new TempFolder();
        await FfmpegAsync(["-f", "lavfi", "-i", "sine=duration=1:sample_rate=8000", "-ac", "2", folder.At("a.wav")], stop);
        await FfmpegAsync(
            [
                "-f", "lavfi", "-i", "color=red:duration=1:size=64x64:rate=5", "-f", "lavfi", "-i", "color=blue:duration=1:size=96x64:rate=5",
                "-map", "0:v", "-map", "1:v", "-c:v", "libvpx-vp9", "-metadata:s:v:0", "handler_name=DP-1", "-metadata:s:v:1", "handler_name=HDMI-1",
                folder.At("s.mp4"),
            ], stop);
        await FfmpegAsync(ExportCommand.Arguments([new ExportInput(folder.At("a.wav"), 0)], new ExportInput(folder.At("s.mp4"), 0), folder.At("out.mp4")), stop);

        var (_, tracks) = await RunningProcess.RunAsync(
            "ffprobe", ["-v", "error", "-select_streams", "v", "-show_entries", "stream=width:stream_tags=handler_name", "-of", "csv=p=0", folder.At("out.mp4")], stop);
        Assert.Equal(["64,DP-1", "96,HDMI-1"], tracks.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        await FfmpegAsync(["-i", folder.At("out.mp4"), "-map", "0:v:1", "-frames:v", "1", "-pix_fmt", "rgb24", "-f", "rawvideo", folder.At("blue.rgb")], stop);
        var pixel = (await File.ReadAllBytesAsync(folder.At("blue.rgb"), stop))[..3];
        Assert.True(pixel[0] < 30 && pixel[2] > 225, string.Join(' ', pixel));
    }

    private static async Task FfmpegAsync(IEnumerable<string> arguments, CancellationToken stop)
    {
        var (exitCode, output) = await RunningProcess.RunAsync("ffmpeg", ["-v", "error", "-nostdin", .. arguments], stop);
        Assert.True(exitCode == 0, output);
    }
}
