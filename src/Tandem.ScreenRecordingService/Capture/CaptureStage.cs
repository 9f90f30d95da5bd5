using Tandem.Contracts.Media;
using Tandem.Media.Mp4;
using Tandem.ScreenRecordingService.Coding;

namespace Tandem.ScreenRecordingService.Capture;

/// <summary>Display, pictures and encoders of one geometry, held warm so that a capture starts with its first picture.</summary>
internal sealed class CaptureStage : IDisposable
{
    /// <summary>A display of more monitors is one picture: a track's index must fit into half a byte of the live view's messages.</summary>
    private const int MostTracks = 16;

    private readonly EncoderFactory encoders;
    private readonly List<StageTrack> tracks = [];
    private readonly List<string> failures = [];

    /// <exception cref="EncoderException"/>
    public CaptureStage(ICapture capture, EncoderFactory encoders, StageSettings settings)
    {
        this.encoders = encoders;
        Capture = capture;
        Settings = settings;
        Open();
    }

    public ICapture Capture { get; }
    public StageSettings Settings { get; private set; }

    /// <summary>One of all monitors, or one of each.</summary>
    public IReadOnlyList<StageTrack> Tracks => tracks;

    public bool HasTrackPerMonitor => Settings.TrackPerMonitor && Capture.Monitors.Count <= MostTracks;

    /// <summary>As files describe them.</summary>
    public IReadOnlyList<VideoTrack> VideoTracks => tracks.ConvertAll(track => track.Encoder.Track with { Name = track.Name });

    /// <summary>Pixels of all monitors together, as <see cref="Height"/>.</summary>
    public int Width => Capture.Width / Settings.Reduction;
    public int Height => Capture.Height / Settings.Reduction;

    /// <summary>In the recording's pixels.</summary>
    public IReadOnlyList<MonitorGeometry> Monitors => [.. Capture.Monitors.Select(m => m with
    {
        X = m.X / Settings.Reduction, Y = m.Y / Settings.Reduction, Width = m.Width / Settings.Reduction, Height = m.Height / Settings.Reduction,
    })];

    public string EncoderName => tracks[0].Encoder.Name;

    /// <summary>A sentence or two for people where capture or encoder are not what one would want.</summary>
    public string? Degraded => Sentences.Join(Capture.Degraded, tracks[0].Encoder.Degraded);

    /// <summary>Brings all pictures up to date.</summary>
    /// <param name="everything">Not only what was reported.</param>
    /// <exception cref="DisplayLostException"/>
    public void Fetch(bool everything) => Capture.Fetch(tracks.ConvertAll(track => track.Picture), everything);

    /// <summary>Forgets every pixel.</summary>
    public void Blank() => tracks.ForEach(track => track.Picture.Blank());

    /// <summary>After a change of geometry or settings, or a failed encoder.</summary>
    /// <param name="failed">Why an encoder could not go on, or null.</param>
    public void Reopen(StageSettings settings, string? failed = null)
    {
        if (settings.Encoder != Settings.Encoder)
            failures.Clear();
        if (failed is not null)
            failures.Add(failed);
        Settings = settings;
        Close();
        Open();
    }

    public void Dispose() => Close();

    private void Open()
    {
        try
        {
            foreach (var shown in HasTrackPerMonitor ? Capture.Monitors : [new MonitorGeometry("Screen", 0, 0, Capture.Width, Capture.Height, true)])
                tracks.Add(new StageTrack(shown, Settings, picture => encoders(picture, Settings.Encoder, failures)));
        }
        catch (EncoderException)
        {
            Close();
            throw;
        }
    }

    private void Close()
    {
        tracks.ForEach(track => track.Dispose());
        tracks.Clear();
    }
}
