using System.ComponentModel.DataAnnotations;
using Tandem.Contracts.Srs;

namespace Tandem.WebServices.Composition;

/// <summary>Cluster-wide screen recording policy; an agent's own values override.</summary>
internal sealed record ScreenOptions
{
    /// <summary>Empty: with every voice recording. <c>off</c>: never. Else non-voice conditions, such as
    /// <c>userState(Busy),random(25)</c>.</summary>
    public string RecordingWhen { get; init; } = "";

    /// <summary>Whether the screen is recorded through after-call work.</summary>
    public bool RecordAfterCallWork { get; init; }

    [Range(1, 1440)]
    public int MaximumDurationMinutes { get; init; } = 180;

    /// <summary>Frames per second at most.</summary>
    [Range(1, 30)]
    public int MaximumFps { get; init; } = 10;

    /// <summary>Pixels of a display, along each side, of which one is recorded. 1: its full resolution.</summary>
    [Range(1, 4)]
    public int Reduction { get; init; } = 1;

    /// <summary>Each monitor of a PC is recorded as a track of its own; else one picture has them all.</summary>
    public bool TrackPerMonitor { get; init; }

    /// <summary><c>vp9</c>, <c>h264</c>, <c>av1</c> or <c>ffmpeg:NAME</c> with an encoder of ffmpeg for one of these; empty: each PC's
    /// own choice.</summary>
    [RegularExpression($"({EncoderNames.Pattern})?")]
    public string Encoder { get; init; } = "";

    /// <summary>Colours of every pixel (4:4:4), for coloured text; else one for four (4:2:0).</summary>
    public bool FullChroma { get; init; }

    /// <summary>How long a capture goes on without RWS.</summary>
    [Range(1, 1440)]
    public int OfflineLimitMinutes { get; init; } = 15;
}
