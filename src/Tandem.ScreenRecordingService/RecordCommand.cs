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
        var display = UsualOptions.Display();
        var output = UsualOptions.Path("--out", "MP4 file to write; replaced if it exists", required: true);
        var fps = NumberOption.Create("--fps", "Pictures a second at most, 1 to 30", 10, 1, 30);
        var stage = new StageArguments();
        var exclude = ExcludeOption.Create();
        var command = new Command("record", "Record a display into an MP4 file until SIGINT or SIGTERM") { display, output, fps, exclude };
        stage.AddTo(command);
        command.SetAction(parsed => Run(
            () => Captures.Open(parsed.GetValue(display), parsed.GetValue(exclude) ?? []), parsed.GetValue(output)!,
            CaptureRequest.Off with { MaximumFps = parsed.GetValue(fps), Stage = stage.Read(parsed) }));
        return command;
    }

    private static int Run(Func<ICapture> open, string path, CaptureRequest request)
    {
        try
        {
            using var capture = open();
            return Record(capture, path, request with { CaptureId = Path.GetFileName(path) });
        }
        catch (Exception e) when (e is DisplayLostException or EncoderException)
        {
            Console.Error.WriteLine(e.Message);
            return 1;
        }
    }

    private static int Record(ICapture capture, string path, CaptureRequest request)
    {
        CaptureLoop? loop = null;
        using var file = new FileRecording(path, _ => loop?.Exit());
        loop = new CaptureLoop(capture, Encoders.Open, file, TimeProvider.System, settings: request.Stage);
        using (loop)
        {
            using var interrupt = OnSignal(PosixSignal.SIGINT, loop);
            using var terminate = OnSignal(PosixSignal.SIGTERM, loop);
            loop.Request(request);
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
