using System.Diagnostics;
using Tandem.Contracts.Srs;
using Tandem.ScreenRecordingService.Capture;
using Tandem.ScreenRecordingService.Coding;

namespace Tandem.ScreenRecordingService.Doctor;

/// <summary>Takes one picture of the display and codes it, by the settings that a capture would have.</summary>
internal static class DisplayCheck
{
    private static readonly string MendUsual = OperatingSystem.IsWindows()
        ? "put vpx.dll back beside tandem-srs.exe: it is part of the published folder"
        : "install the package libvpx7, or ffmpeg";

    public static IEnumerable<Finding> Look(string? display, IReadOnlyList<string> excluded, StageSettings settings)
    {
        ICapture capture;
        try
        {
            capture = Captures.Open(display, []);
        }
        catch (DisplayLostException e)
        {
            return [new Finding("display", false, e.Message, "start it in the session whose screen is recorded, or name the display with --display")];
        }
        using (capture)
            return [DisplayOf(capture), .. Missing(capture, excluded), EncoderOf(capture, settings)];
    }

    private static Finding DisplayOf(ICapture capture)
    {
        var monitors = string.Join(", ", capture.Monitors.Select(m => $"{m.Name} {m.Width}x{m.Height}+{m.X}+{m.Y}"));
        var detail = $"{capture.Width}x{capture.Height}, monitors: {monitors}";
        // A lesser capture still records: it is said, but nothing is wrong with this PC.
        return new Finding("display", true, capture.Degraded is { } lesser ? $"{detail}. {lesser}" : detail);
    }

    private static IEnumerable<Finding> Missing(ICapture capture, IReadOnlyList<string> excluded)
    {
        if (new Exclusions(excluded).Missing(capture.Monitors) is { } missing)
            yield return new Finding("exclude", false, missing, "write the name as it stands here, or plug the monitor in");
    }

    private static Finding EncoderOf(ICapture capture, StageSettings settings)
    {
        var mend = settings.Encoder is null or EncoderNames.Vp9 ? MendUsual : "install what it lacks, or choose another --encoder";
        try
        {
            using var stage = new CaptureStage(capture, Encoders.Open, settings);
            stage.Fetch(everything: true);
            var (bytes, began) = (0L, Stopwatch.GetTimestamp());
            foreach (var track in stage.Tracks)
            {
                track.Picture.Convert(null);
                bytes += track.Encode(1, key: true, refine: false).Data.Length;
            }
            var ms = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            return stage.Tracks[0].Encoder.Degraded is { } worse
                ? new Finding("encoder", false, worse, mend)
                : new Finding("encoder", true, $"{stage.EncoderName}, a whole picture in {ms:0} ms and {bytes} bytes");
        }
        catch (EncoderException e)
        {
            return new Finding("encoder", false, e.Message, mend);
        }
    }
}
