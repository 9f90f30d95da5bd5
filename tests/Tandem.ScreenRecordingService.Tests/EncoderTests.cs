using Tandem.ScreenRecordingService.Capture;
using Tandem.ScreenRecordingService.Coding;
using Tandem.ScreenRecordingService.Coding.Ffmpeg;
using Tandem.TestKit;

namespace Tandem.ScreenRecordingService.Tests;

/// <summary>What each encoder makes of painted pictures, decoded by ffmpeg and held against them.</summary>
public sealed class EncoderTests
{
    private const uint Red = 0xC02020, Green = 0x20A040, Blue = 0x2030D0, White = 0xF8F8F8, Black = 0x101010;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <param name="largest">The most that a pixel of a tile that did not change may move from one frame to the next.</param>
    [Theory]
    [InlineData("vp9", "vp9,Profile 0,640,360,yuv420p,tv,bt709,bt709,bt709", 4)] // a block of 32×32 is mended whole where a part of it changed
    [InlineData("vp9 444", "vp9,Profile 1,640,360,yuv444p,tv,bt709,bt709,bt709", 4)]
    [InlineData("h264", "h264,Main,640,360,yuv420p,tv,bt709,bt709,bt709", 0)]
    [InlineData("h264 444", "h264,High 4:4:4 Predictive,640,360,yuv444p,tv,bt709,bt709,bt709", 0)]
    [InlineData("av1", "av1,Main,640,360,yuv420p,tv,bt709,bt709,bt709", 24)]
    [InlineData("av1 444", "av1,High,640,360,yuv444p,tv,bt709,bt709,bt709", 24)]
    [InlineData("ffmpeg:libvpx-vp9", "vp9,Profile 0,640,360,yuv420p,tv,bt709,bt709,bt709", 40)]
    [InlineData("ffmpeg:libx264", "h264,High,640,360,yuv420p,tv,bt709,bt709,bt709", 40)]
    [InlineData("ffmpeg:libx264 444", "h264,High 4:4:4 Predictive,640,360,yuv444p,tv,bt709,bt709,bt709", 40)]
    [InlineData("ffmpeg:libaom-av1", "av1,Main,640,360,yuv420p,tv,bt709,bt709,bt709", 40)]
    public async Task A_hundred_frames_are_what_was_painted_and_still_tiles_stay(string name, string said, int largest)
    {
        using var scene = Scene(name, 640, 360);
        scene.Fill(0, 0, 640, 360, White);
        scene.Paint(32, 32, 576, 160, Black, White, 1);
        scene.Fill(400, 220, 100, 100, Red);
        scene.Code(key: true);
        for (var i = 1; i < 100; i++)
        {
            var (ink, paper) = (i % 3) switch { 0 => (Black, White), 1 => (Blue, White), _ => (Red, Green) };
            scene.Paint(16 * (i * 7 % 30), 192 + 16 * (i % 8), 64, 32, ink, paper, i);
            Assert.False(scene.Code().Key);
        }
        var frames = await scene.DecodeAsync(Stop);
        Assert.Equal(100, frames.Count);
        Assert.Equal(said, await scene.ProbeAsync("stream=codec_name,profile,width,height,pix_fmt,color_range,color_space,color_transfer,color_primaries", Stop));
        for (var i = 0; i < frames.Count; i++)
        {
            var (luma, chroma) = scene.ErrorOf(i, frames[i]);
            Assert.True(luma < 3 && chroma < 2, $"frame {i}: luma {luma:0.00}, chroma {chroma:0.00}");
            if (i > 0)
                Assert.True(scene.StillDifference(i, frames[i - 1], frames[i]) <= largest, $"frame {i}: {scene.StillDifference(i, frames[i - 1], frames[i])}");
        }
    }

    [Theory]
    [InlineData("vp9")]
    [InlineData("vp9 444")]
    [InlineData("h264")]
    [InlineData("h264 444")]
    public async Task What_is_not_marked_as_changed_is_not_coded(string name)
    {
        using var scene = Scene(name, 320, 192);
        scene.Fill(0, 0, 320, 192, White);
        scene.Code(key: true);
        scene.Fill(160, 96, 16, 16, Black);
        WriteUnmarked(scene.Picture, 32, 32);
        scene.Code();
        var frames = await scene.DecodeAsync(Stop);
        Assert.InRange(frames[1][104 * 320 + 168], 20, 40); // marked: there
        Assert.InRange(frames[1][40 * 320 + 40], 220, 240); // unmarked: as it was
    }

    [Theory]
    [InlineData("vp9")]
    [InlineData("h264")]
    [InlineData("av1")]
    public async Task Refining_makes_the_same_tiles_better_and_key_frames_come_when_asked_for(string name)
    {
        using var scene = Scene(name, 640, 360);
        scene.Fill(0, 0, 640, 360, White);
        Assert.True(scene.Code(key: true).Key);
        scene.Speckle(5);
        scene.Code();
        scene.Picture.TouchAll();
        Assert.False(scene.CodeAsItIs(refine: true).Key);
        scene.Picture.TouchAll();
        Assert.True(scene.CodeAsItIs(key: true).Key);
        scene.Picture.Touch(0, 0, 1, 1);
        Assert.False(scene.CodeAsItIs().Key);
        var frames = await scene.DecodeAsync(Stop);
        var (before, after) = (scene.ErrorOf(1, frames[1]).Luma, scene.ErrorOf(2, frames[2]).Luma);
        Assert.True(after < before, $"{before:0.000} then {after:0.000}");
        Assert.Equal([true, false, false, true, false], (await scene.ProbeAsync("packet=flags", Stop)).Split('\n').Select(flags => flags[0] == 'K'));
    }

    [Theory]
    [InlineData("vp9", 641, 359)]
    [InlineData("h264", 642, 360)] // pairs of pixels
    [InlineData("h264 444", 641, 359)]
    [InlineData("av1", 641, 359)]
    [InlineData("ffmpeg:libx264", 642, 360)]
    [InlineData("ffmpeg:libvpx-vp9", 641, 359)]
    public async Task A_picture_of_odd_size_is_whole(string name, int width, int height)
    {
        using var scene = Scene(name, 641, 359);
        scene.Fill(0, 0, 641, 359, White);
        scene.Fill(600, 320, 41, 39, Red);
        scene.Code(key: true);
        var frames = await scene.DecodeAsync(Stop);
        Assert.Equal((width, height), (scene.Track.Width, scene.Track.Height));
        // BT.709: red of 0xC02020 is 73 in luma
        Assert.InRange(frames[0][358 * width + 640], 63, 83);
        Assert.InRange(frames[0][358 * width + 599], 219, 239);
    }

    [Theory]
    [InlineData("vp9")]
    [InlineData("h264")]
    [InlineData("av1")]
    public async Task Full_chroma_keeps_the_colour_of_a_single_pixel(string name)
    {
        var errors = new List<double>();
        foreach (var chroma in (string[])["", " 444"])
        {
            using var scene = Scene(name + chroma, 320, 192);
            scene.Fill(0, 0, 320, 192, White);
            for (var x = 0; x < 320; x += 2)
                scene.Fill(x, 0, 1, 192, Red); // every other column
            scene.Code(key: true);
            scene.Picture.TouchAll();
            scene.CodeAsItIs(refine: true);
            var frame = (await scene.DecodeAsync(Stop))[^1];
            // V of red 0xC02020 is 198, of white 128; halved, all are between
            var (width, row) = (scene.ChromaWidth, scene.FrameBytes - scene.ChromaWidth * 10);
            errors.Add(Enumerable.Range(0, 320).Average(x => Math.Abs(frame[row + x * width / 320] - (x % 2 == 0 ? 198 : 128))));
        }
        Assert.True(errors[0] > 25 && errors[1] < 6, string.Join(' ', errors));
    }

    [Fact]
    public async Task H264_says_its_colours_also_outside_of_a_file()
    {
        using var scene = Scene("h264", 320, 192);
        scene.Code(key: true);
        await scene.DecodeAsync(Stop);
        var bare = scene.File + ".h264";
        var (code, said) = await RunningProcess.RunAsync("ffmpeg", ["-v", "error", "-i", scene.File, "-c", "copy", bare], Stop);
        Assert.True(code == 0, said);
        (_, said) = await RunningProcess.RunAsync(
            "ffprobe", ["-v", "error", "-show_entries", "stream=color_range,color_space,color_transfer,color_primaries", "-of", "csv=p=0", bare], Stop);
        Assert.Equal("tv,bt709,bt709,bt709", said.Trim());
    }

    [Theory]
    [InlineData("")]
    [InlineData("x264_encoder_open_163")]
    [InlineData("x264_encoder_open_164")]
    [InlineData(null)]
    public void A_libx264_that_cannot_be_used_is_said_in_one_sentence(string? exported)
    {
        var problem = X264Library.Problem(exported is null ? null : exported.Equals);
        var sentence = exported switch
        {
            null => "The H.264 encoder libx264 is not installed: install the package libx264-164.",
            "" => "What is installed as libx264 cannot be used: install the package libx264-164.",
            "x264_encoder_open_163" => "The libx264 of this machine is build 163, and build 164 is the one this program knows: install the package libx264-164.",
            _ => null,
        };
        Assert.Equal(sentence, problem);
    }

    /// <param name="name">As <c>--encoder</c> takes it, and " 444" where chroma is full.</param>
    private static CodedScene Scene(string name, int width, int height)
    {
        var encoder = name.Split(' ')[0];
        return new CodedScene(
            width, height,
            picture => encoder switch
            {
                "vp9" => new Vp9Encoder(picture),
                "h264" => new H264Encoder(picture),
                "av1" => new Av1Encoder(picture),
                _ => new FfmpegEncoder(picture, EncoderChoice.FfmpegName(encoder)!, null),
            },
            fullChroma: name != encoder);
    }

    /// <summary>A black tile that no map speaks of.</summary>
    private static unsafe void WriteUnmarked(ScreenPicture picture, int x, int y)
    {
        for (var row = 0; row < 16; row++)
            new Span<byte>(picture.Luma + (y + row) * picture.PaddedWidth + x, 16).Fill(16);
    }
}
