using System.CommandLine;
using Tandem.ScreenRecordingService.Capture;
using Tandem.ScreenRecordingService.Service;

namespace Tandem.ScreenRecordingService.Doctor;

/// <summary><c>tandem-srs doctor</c>: what a recorder needs on this PC, and how to mend what is missing. Exit code 1 where
/// anything is.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var display = UsualOptions.Display();
        var data = UsualOptions.Data(required: false);
        var server = UsualOptions.Server(required: false);
        var port = UsualOptions.Port();
        var exclude = ExcludeOption.Create();
        var stage = new StageArguments();
        var command = new Command("doctor", "Check this PC and say how to mend what is wrong") { display, data, server, port, exclude };
        stage.AddTo(command);
        command.SetAction((parsed, stop) => RunAsync(
            DisplayCheck.Look(parsed.GetValue(display), parsed.GetValue(exclude) ?? [], stage.Read(parsed)),
            parsed.GetValue(display), parsed.GetValue(data), parsed.GetValue(server) ?? [], parsed.GetValue(port), stop));
        return command;
    }

    private static async Task<int> RunAsync(
        IEnumerable<Finding> ofDisplay, string? display, string? data, Uri[] servers, int port, CancellationToken stop)
    {
        var findings = new List<Finding>(ofDisplay);
        if (findings.TrueForAll(f => f.Well))
            findings.Add(await WorkerCheck.LookAsync(display, TimeProvider.System, stop));
        findings.Add(PortCheck.Look(port));
        if (data is not null)
            findings.AddRange(DataCheck.Look(Path.GetFullPath(data)));
        foreach (var server in servers)
            findings.Add(await ServerCheck.LookAsync(server, stop));
        foreach (var finding in findings)
            Console.WriteLine(finding);
        return findings.TrueForAll(f => f.Well) ? 0 : 1;
    }
}
