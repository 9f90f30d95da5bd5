using System.ComponentModel.DataAnnotations;

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

    /// <summary>How long a capture goes on without RWS.</summary>
    [Range(1, 1440)]
    public int OfflineLimitMinutes { get; init; } = 15;
}
