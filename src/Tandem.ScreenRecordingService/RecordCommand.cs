using System.CommandLine;
using System.Runtime.InteropServices;
using Tandem.ScreenRecordingService.Capture;
using Tandem.ScreenRecordingService.Coding;

namespace Tandem.ScreenRecordingService;

/// <summary><c>tandem-srs record</c>: a display into a file until SIGINT or SIGTERM, by the capture path of the service.</summary>
internal static class RecordCommand
{
    public static Command Create()
    {
        var display = new Option<string?>("--display") { Description = "X display such as :0; default: the environment's DISPLAY" };
        var output = new Option<string>("--out") { Description = "MP4 file to write; replaced if it exists", Required = true };
        var fps = Number("--fps", "Pictures a second at most, 1 to 30", 10, 30);
        var reduce = Number("--reduce", "One pixel for so many by so many of the display, 1 to 4", 1, 4);
        var exclude = ExcludeOption.Create();
        var command = new Command("record", "Record a display into an MP4 file until SIGINT or SIGTERM") { display, output, fps, reduce, exclude };
        command.SetAction(parsed => Run(
            () => Captures.Open(parsed.GetValue(display), parsed.GetValue(exclude) ?? [], parsed.GetValue(reduce)), parsed.GetValue(output)!, parsed.GetValue(fps)));
        return command;
    }

    private static Option<int> Number(string name, string description, int usual, int most)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => usual };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && (!int.TryParse(result.Tokens[0].Value, out var value) || value < 1 || value > most))
                result.AddError($"{name} must be a number from 1 to {most}.");
        });
        return option;
    }

    private static int Run(Func<ICapture> open, string path, int fps)
    {
        try
        {
            using var capture = open();
            return Record(capture, path, fps);
        }
        catch (Exception e) when (e is DisplayLostException or EncoderException)
        {
            Console.Error.WriteLine(e.Message);
            return 1;
        }
    }

    private static int Record(ICapture capture, string path, int fps)
    {
        CaptureLoop? loop = null;
        using var file = new FileRecording(path, _ => loop?.Exit());
        loop = new CaptureLoop(capture, Encoders.Open, file, TimeProvider.System);
        using (loop)
        {
            using var interrupt = OnSignal(PosixSignal.SIGINT, loop);
            using var terminate = OnSignal(PosixSignal.SIGTERM, loop);
            loop.Request(new CaptureRequest(Path.GetFileName(path), false, fps));
            loop.Run(ready => Console.Error.Write(ready.Degraded is { } worse ? worse + Environment.NewLine : ""));
        }
        file.Dispose();
        if (file.Problem is null)
            return 0;
        Console.Error.WriteLine(file.Problem);
        return 1;
    }

    private static PosixSignalRegistration OnSignal(PosixSignal signal, CaptureLoop loop) =>
        PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            loop.Exit();
        });
}
