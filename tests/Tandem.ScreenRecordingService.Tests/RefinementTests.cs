using Tandem.Contracts.Media;
using Tandem.Media.Mp4;
using Tandem.ScreenRecordingService.Capture;
using Tandem.ScreenRecordingService.Coding;

namespace Tandem.ScreenRecordingService.Tests;

/// <summary>What is read longest is what was coded once more: when tiles are refined, and which.</summary>
public sealed class RefinementTests : IDisposable
{
    private const int Side = 64;
    private const int Tiles = Side / ScreenPicture.Tile * (Side / ScreenPicture.Tile);

    private readonly NotingEncoder encoder = new();
    private readonly StageTrack track;
    private readonly TrackRecorder recorder;

    public RefinementTests()
    {
        track = new StageTrack(new MonitorGeometry("one", 0, 0, Side, Side, true), StageSettings.Usual, _ => encoder);
        recorder = new TrackRecorder(track, new FragmentAssembler(new FragmentedMp4Writer(encoder.Track), 0), _ => { }, 10, TimeProvider.System);
        recorder.Begin(0, blanked: false);
        encoder.Noted.Clear();
    }

    public void Dispose() => track.Dispose();

    [Fact]
    public void The_first_picture_is_not_refined_for_a_still_screen_gets_no_second()
    {
        recorder.Step(60_000, blanked: false);
        Assert.Empty(encoder.Noted);
    }

    [Fact]
    public void A_big_change_is_refined_a_second_later_and_a_small_one_is_not()
    {
        Change(1_000, 0, 0, Side, Side / 2);
        Change(10_000, 0, 0, 1, 1);
        Assert.Equal([(false, false, Tiles / 2), (false, true, Tiles / 2), (false, false, 1)], encoder.Noted);
    }

    [Fact]
    public void A_key_frame_amid_a_capture_is_refined_whole()
    {
        Change(61_000, 0, 0, 1, 1);
        Assert.Equal([(true, false, 1), (false, true, Tiles)], encoder.Noted);
    }

    [Fact]
    public void So_is_one_that_a_viewer_asked_for_but_not_while_it_is_black()
    {
        recorder.Key(1_000, blanked: false);
        Rest(1_000);
        recorder.Key(10_000, blanked: true);
        Rest(10_000);
        Assert.Equal([(true, false, 0), (false, true, Tiles), (true, false, 0)], encoder.Noted);
    }

    [Fact]
    public void A_pause_forgets_what_was_to_be_refined()
    {
        track.Picture.Touch(0, 0, Side, Side);
        recorder.Take(1_000, key: false);
        recorder.Blank(1_500);
        Rest(1_500);
        Assert.Equal([(false, false, Tiles), (true, false, Tiles)], encoder.Noted);
    }

    private void Change(long atMs, int x, int y, int width, int height)
    {
        track.Picture.Touch(x, y, width, height);
        recorder.Take(atMs, key: false);
        Rest(atMs);
    }

    private void Rest(long sinceMs)
    {
        var coded = encoder.Noted.Count;
        recorder.Step(sinceMs + 999, blanked: false);
        Assert.Equal(coded, encoder.Noted.Count);
        recorder.Step(sinceMs + 1_000, blanked: false);
        recorder.Step(sinceMs + 5_000, blanked: false);
    }

    /// <summary>Notes of every picture whether it is a key frame, whether it refines, and how many tiles changed.</summary>
    private sealed class NotingEncoder : IEncoder
    {
        public List<(bool Key, bool Refine, int Tiles)> Noted { get; } = [];
        public VideoTrack Track { get; } = new(VideoCodec.Vp9, Side, Side, 1_000);
        public string Name => "noting";
        public string? Degraded => null;

        public EncodedPicture Encode(ScreenPicture picture, long timeMs, bool key, bool refine)
        {
            Noted.Add((key, refine, picture.ChangedCount));
            return new EncodedPicture(new byte[] { 0 }, key);
        }

        public void Dispose()
        {
        }
    }
}
