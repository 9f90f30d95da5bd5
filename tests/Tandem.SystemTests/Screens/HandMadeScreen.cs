using Tandem.Contracts.Media;
using Tandem.Media.Mp4;
using Tandem.TestKit;

namespace Tandem.SystemTests.Screens;

/// <summary>A screen recording made by hand, ten pictures a second. Each monitor's pictures show its own thousands plus the
/// tenths since the recording's start.</summary>
internal sealed class HandMadeScreen(VideoCodec codec = VideoCodec.Vp9)
{
    private readonly List<ScreenPart> _parts = [];
    private readonly List<byte[]> _streams = [];

    public IReadOnlyList<ScreenPart> Parts => _parts;

    /// <summary>Plaintext of the parts.</summary>
    public IReadOnlyList<byte[]> Streams => _streams;

    public long LengthMs => _parts.Sum(part => part.DurationMs);

    /// <summary>A part with a track of each monitor.</summary>
    /// <param name="seconds">How long it lasts.</param>
    /// <param name="monitors">With what its pictures show at the recording's start, such as 1000.</param>
    public async Task AddTracksAsync(TempFolder folder, int seconds, CancellationToken stop, params (MonitorGeometry Monitor, int Zero)[] monitors)
    {
        var tracks = new List<(IReadOnlyList<byte[]>, VideoTrack)>();
        foreach (var (monitor, zero) in monitors)
            tracks.Add(await NumberedPictures.MakeAsync(folder, codec, monitor.Width, monitor.Height, seconds * 10, stop, (0, zero + Tenths)));
        Add(seconds, [.. monitors.Select(each => each.Monitor)], tracks);
    }

    /// <summary>A part of one picture, in which the monitors stand side by side.</summary>
    public async Task AddOnePictureAsync(TempFolder folder, int seconds, CancellationToken stop, params (MonitorGeometry Monitor, int Zero)[] monitors)
    {
        var (width, height) = SizeOf(monitors.Select(each => each.Monitor));
        var picture = await NumberedPictures.MakeAsync(
            folder, codec, width, height, seconds * 10, stop, [.. monitors.Select(each => (each.Monitor.X, each.Zero + Tenths))]);
        Add(seconds, [.. monitors.Select(each => each.Monitor)], [picture]);
    }

    /// <summary>A part that somebody else made: a fragmented file of one track.</summary>
    public void AddFile(byte[] bytes)
    {
        var scan = new FragmentScan();
        scan.Feed(bytes);
        var (track, last) = (scan.Tracks[0], scan.Samples(0)[^1]);
        _parts.Add(new ScreenPart(
            Guid.NewGuid().ToString(), track.CodecString, track.Width, track.Height, LengthMs, last.DecodeTime + last.Duration,
            [new MonitorGeometry("screen", 0, 0, track.Width, track.Height, true)]));
        _streams.Add(bytes);
    }

    private int Tenths => (int)(LengthMs / NumberedPictures.TickMs);

    private void Add(int seconds, IReadOnlyList<MonitorGeometry> monitors, IReadOnlyList<(IReadOnlyList<byte[]> Pictures, VideoTrack Kind)> tracks)
    {
        var writer = new FragmentedMp4Writer([.. tracks.Select(track => track.Kind)]);
        var bytes = new List<byte>(writer.InitSegment());
        for (var second = 0; second < seconds; second++)
        {
            for (var track = 0; track < tracks.Count; track++)
                bytes.AddRange(writer.Fragment(track, Second(tracks[track].Pictures, second), (ulong)second * 1_000));
        }

        var (width, height) = SizeOf(monitors);
        _parts.Add(new ScreenPart(
            Guid.NewGuid().ToString(), tracks[0].Kind.CodecString, width, height, LengthMs, seconds * 1_000L, monitors, TrackPerMonitor: tracks.Count == monitors.Count));
        _streams.Add([.. bytes]);
    }

    private static (int Width, int Height) SizeOf(IEnumerable<MonitorGeometry> monitors) =>
        (monitors.Max(monitor => monitor.X + monitor.Width), monitors.Max(monitor => monitor.Y + monitor.Height));

    /// <summary>The pictures of one second as a fragment has them.</summary>
    public static FragmentSample[] Second(IReadOnlyList<byte[]> pictures, int second) =>
        [.. pictures.Skip(second * 10).Take(10).Select((picture, i) => new FragmentSample(picture, NumberedPictures.TickMs, second + i == 0))];
}
