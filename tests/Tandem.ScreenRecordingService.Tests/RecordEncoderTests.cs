using Tandem.Lab.Screens;
using Tandem.Media.Mp4;
using Tandem.TestKit;

namespace Tandem.ScreenRecordingService.Tests;

/// <summary><c>tandem-srs record</c> of a real X server with each encoder that can be asked for.</summary>
public sealed class RecordEncoderTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("h264", "420", "h264,Main,yuv420p")]
    [InlineData("h264", "444", "h264,High 4:4:4 Predictive,yuv444p")]
    [InlineData("av1", "420", "av1,Main,yuv420p")]
    [InlineData("vp9", "444", "vp9,Profile 1,yuv444p")]
    [InlineData("ffmpeg:libx264", "420", "h264,High,yuv420p")]
    public async Task The_file_shows_what_was_painted_when_it_was_painted(string encoder, string chroma, string coded)
    {
        using var folder = new TempFolder();
        var said = await RecordAsync(folder, [], "--encoder", encoder, "--chroma", chroma);
        Assert.Equal("", said);
        Assert.Equal(coded, await CodedAsync(folder));
        var film = await Film.ReadAsync(folder.At("a.mp4"), Stop);
        Assert.Equal((800, 600), (film.Width, film.Height));
        film.AssertOnTime();
    }

    [Theory]
    [InlineData("h264", "The H.264 encoder libx264 is not installed: install the package libx264-164")]
    [InlineData("ffmpeg:h264_nvenc", "ffmpeg h264_nvenc failed: ")]
    [InlineData("ffmpeg:no_such_264", "ffmpeg no_such_264 failed: Unknown encoder 'no_such_264'")]
    public async Task What_cannot_be_used_is_replaced_by_libvpx_and_named(string encoder, string sentence)
    {
        Assert.SkipWhen(encoder.EndsWith("nvenc", StringComparison.Ordinal) && File.Exists("/dev/nvidia0"), "There is a graphics card that can do it.");
        using var folder = new TempFolder();
        var said = await RecordAsync(folder, new() { ["TANDEM_SRS_LIBX264"] = folder.At("none.so") }, "--encoder", encoder);
        Assert.StartsWith($"The screen is coded as VP9, and not as was asked for ({sentence}", said);
        Assert.Single(said.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal("vp9,Profile 0,yuv420p", await CodedAsync(folder));
        (await Film.ReadAsync(folder.At("a.mp4"), Stop)).AssertOnTime();
    }

    [Theory]
    [InlineData("--encoder theora", "The encoder theora is not known: it must be vp9, h264, av1 or ffmpeg:NAME")]
    [InlineData("--encoder ffmpeg:hevc_nvenc", "The encoder ffmpeg:hevc_nvenc is not known")]
    [InlineData("--encoder ffmpeg:-i264", "The encoder ffmpeg:-i264 is not known")]
    [InlineData("--chroma 422", "'422'")]
    public async Task What_is_no_encoder_is_refused_in_one_sentence(string arguments, string sentence)
    {
        await using var recorder = Srs.Start(["record", "--display", ":3999", "--out", "x.mp4", .. arguments.Split(' ')]);
        await recorder.WaitAsync(Stop);
        Assert.NotEqual(0, recorder.ExitCode);
        Assert.Contains(sentence, recorder.Output);
    }

    /// <returns>What the recorder said.</returns>
    private static async Task<string> RecordAsync(TempFolder folder, Dictionary<string, string> environment, params string[] options)
    {
        await using var display = await XvfbDisplay.StartAsync(800, 600, Stop);
        await using var painted = PaintedScreen.Start(display.Name, "agent 1", TimeProvider.System);
        await using var recorder = Srs.Start(environment, ["record", "--display", display.Name, "--out", folder.At("a.mp4"), .. options]);
        // As many as a verdict on their times needs, however busy the machine is.
        await Eventually.HoldsAsync(() => File.Exists(folder.At("a.mp4")) && Pictures(folder.At("a.mp4")) >= 20, Stop);
        await Srs.SignalAsync(recorder, "TERM");
        Assert.True(recorder.ExitCode == 0, recorder.Output);
        return recorder.Output;
    }

    private static int Pictures(string path)
    {
        var scan = new FragmentScan();
        scan.Feed(File.ReadAllBytes(path));
        return scan.Samples(0).Count;
    }

    private static async Task<string> CodedAsync(TempFolder folder)
    {
        var (code, said) = await RunningProcess.RunAsync(
            "ffprobe", ["-v", "error", "-show_entries", "stream=codec_name,profile,pix_fmt", "-of", "csv=p=0", folder.At("a.mp4")], Stop);
        Assert.True(code == 0, said);
        return said.Trim();
    }
}
