using System.Diagnostics;
using Tandem.ScreenRecordingService.Capture;
using Tandem.ScreenRecordingService.Coding;

namespace Tandem.ScreenRecordingService.Doctor;

/// <summary>Takes one picture of the display and codes it.</summary>
internal static class DisplayCheck
{
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
        var display = new Finding("display", true, $"{capture.Width}x{capture.Height}, monitors: {monitors}");
        using var picture = new ScreenPicture(capture.Width, capture.Height);
        try
        {
            using var encoder = Encoders.Open(picture);
            capture.Fetch(picture, everything: true);
            picture.Convert(null);
            var began = Stopwatch.GetTimestamp();
            var coded = encoder.Encode(picture, 1, key: true, refine: false);
            var ms = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            var detail = $"{encoder.Name}, a whole picture in {ms:0} ms and {coded.Data.Length} bytes";
            return [display, encoder.Degraded is { } worse ? new Finding("encoder", false, worse, "install the package libvpx7") : new Finding("encoder", true, detail)];
        }
        catch (EncoderException e)
        {
            return [display, new Finding("encoder", false, e.Message, "install the package libvpx7, or ffmpeg")];
        }
    }
}
