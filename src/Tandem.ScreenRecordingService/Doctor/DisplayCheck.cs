using System.Diagnostics;
using Tandem.ScreenRecordingService.Capture;
using Tandem.ScreenRecordingService.Coding;

namespace Tandem.ScreenRecordingService.Doctor;

/// <summary>Takes one picture of the display and codes it.</summary>
internal static class DisplayCheck
{
    private static readonly string Mend = OperatingSystem.IsWindows()
        ? "put vpx.dll back beside tandem-srs.exe: it is part of the published folder"
        : "install the package libvpx7, or ffmpeg";

    public static IEnumerable<Finding> Look(string? display)
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
            return Look(capture);
    }

    private static Finding[] Look(ICapture capture)
    {
        var monitors = string.Join(", ", capture.Monitors.Select(m => $"{m.Name} {m.Width}x{m.Height}+{m.X}+{m.Y}"));
        var detail = $"{capture.Width}x{capture.Height}, monitors: {monitors}";
        // A lesser capture still records: it is said, but nothing is wrong with this PC.
        var display = new Finding("display", true, capture.Degraded is { } lesser ? $"{detail}. {lesser}" : detail);
        using var picture = new ScreenPicture(capture.Width, capture.Height);
        try
        {
            using var encoder = Encoders.Open(picture, null);
            capture.Fetch(picture, everything: true);
            picture.Convert(null);
            var began = Stopwatch.GetTimestamp();
            var coded = encoder.Encode(picture, 1, key: true, refine: false);
            var ms = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            var coding = $"{encoder.Name}, a whole picture in {ms:0} ms and {coded.Data.Length} bytes";
            return [display, encoder.Degraded is { } worse ? new Finding("encoder", false, worse, Mend) : new Finding("encoder", true, coding)];
        }
        catch (EncoderException e)
        {
            return [display, new Finding("encoder", false, e.Message, Mend)];
        }
    }
}
