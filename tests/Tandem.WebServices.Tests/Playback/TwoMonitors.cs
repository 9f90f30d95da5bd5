using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Tandem.Contracts.Cti;
using Tandem.Contracts.Media;
using Tandem.Media.Mp4;
using Tandem.WebServices.Tests.Client;

namespace Tandem.WebServices.Tests.Playback;

/// <summary>A call of agent a1 whose screen is uploaded by hand. A picture is its own name, such as <c>DP-1 #3</c>, so that
/// bytes say what they show.</summary>
internal sealed partial class TwoMonitors : IAsyncDisposable
{
    public const long LengthMs = 4000;

    public static readonly MonitorGeometry Left = new("DP-1", 0, 0, 1920, 1080, true);
    public static readonly MonitorGeometry Right = new("HDMI 1", 1920, 0, 1280, 1024, false);

    private readonly Site _site;
    private readonly FakeRecorder _recorder;

    private TwoMonitors(Site site, FakeRecorder recorder, string captureId)
    {
        _site = site;
        _recorder = recorder;
        CaptureId = captureId;
    }

    public string CaptureId { get; }

    public HttpClient Admin => _site.Admin;

    public string Content => $"/api/v2/screen-recordings/{CaptureId}/content/{CaptureId}.mp4";

    public static async Task<TwoMonitors> StartAsync()
    {
        var site = await Site.StartAsync();
        var recorder = await site.RecorderAsync("a1");
        await site.StartWorkAsync("a1");
        await site.Cti.BatchAsync(Site.Event(CtiEventNames.Established));
        await site.Cti.BatchAsync(Site.Recording(RecordingState.On));
        var on = await recorder.CommandAsync(state => state.On);
        await site.Cti.BatchAsync(Site.Event(CtiEventNames.Released));
        await recorder.CommandAsync(state => !state.On);
        return new TwoMonitors(site, recorder, on.CaptureId!);
    }

    /// <summary>A part with a track of each monitor.</summary>
    public static ScreenPart Tracks(long startMs, params IReadOnlyList<MonitorGeometry> monitors) =>
        Part(startMs, monitors) with { TrackPerMonitor = true };

    /// <summary>A part of one picture; no monitor: a device that does not say.</summary>
    public static ScreenPart OnePicture(long startMs, params IReadOnlyList<MonitorGeometry> monitors) => Part(startMs, monitors);

    /// <param name="lost">Index of a part whose stream never comes.</param>
    public Task UploadAsync(IReadOnlyList<ScreenPart> parts, int lost = -1, IReadOnlyList<MonitorGeometry>? monitors = null)
    {
        var report = new ScreenCaptureReport
        {
            CaptureId = CaptureId,
            AgentId = "a1",
            DeviceId = _recorder.DeviceId,
            StartUs = FakeRecorder.NowUs - (LengthMs * 1000),
            StopUs = FakeRecorder.NowUs,
            Parts = parts,
            Monitors = monitors ?? parts[0].Monitors ?? [],
            EndReason = EndReason.CallEnded,
        };
        return _recorder.UploadAsync(report, [.. parts.Select((part, i) => i == lost ? null : Media(part, i))]);
    }

    public async Task<JsonNode> ScreenAsync() =>
        (await Admin.GetJsonAsync($"/api/v2/interactions/{Site.Uuid}"))["screens"]!.AsArray().Single()!;

    /// <summary>The pictures of a file in the order of its bytes.</summary>
    public static IReadOnlyList<string> PicturesIn(byte[] file) =>
        [.. Picture().Matches(Encoding.Latin1.GetString(file)).Select(match => match.Groups[1].Value)];

    public async ValueTask DisposeAsync()
    {
        await _recorder.DisposeAsync();
        await _site.DisposeAsync();
    }

    [GeneratedRegex("<([A-Za-z0-9 -]+ #[0-9.]+)>")]
    private static partial Regex Picture();

    private static ScreenPart Part(long startMs, IReadOnlyList<MonitorGeometry> monitors) => new(
        Guid.NewGuid().ToString(), "vp09.00.40.08",
        monitors.Select(monitor => monitor.X + monitor.Width).DefaultIfEmpty(1920).Max(),
        monitors.Select(monitor => monitor.Y + monitor.Height).DefaultIfEmpty(1080).Max(), startMs, 1000, monitors.Count > 0 ? monitors : null);

    private static byte[] Media(ScreenPart part, int number)
    {
        var names = part.TrackPerMonitor ? part.Monitors!.Select(monitor => monitor.Name).ToList() : ["all"];
        var writer = new FragmentedMp4Writer([.. names.Select(_ => new VideoTrack(VideoCodec.Vp9, part.Width, part.Height, 1_000))]);
        var bytes = new List<byte>(writer.InitSegment());
        for (var i = 0; i < 2; i++)
        {
            for (var track = 0; track < names.Count; track++)
            {
                var picture = Encoding.ASCII.GetBytes($"<{names[track]} #{number}.{i}>");
                bytes.AddRange(writer.Fragment(track, [new FragmentSample(picture, 100, i == 0)], (ulong)i * 100));
            }
        }

        return [.. bytes];
    }
}
