using System.CommandLine;
using Tandem.Hosting;
using Tandem.ScreenRecordingService.Service.Windows;
using Tandem.ScreenRecordingService.Worker;

namespace Tandem.ScreenRecordingService.Service;

/// <summary><c>tandem-srs run</c>: service and worker in one; <c>tandem-srs service</c>: the service of a machine, whose workers
/// live on their own. Both until SIGINT or SIGTERM.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var shared = new ServiceArguments();
        var display = UsualOptions.Display();
        var exclude = ExcludeOption.Create();
        var command = new Command("run", "Run the service with its worker") { display, exclude };
        shared.AddTo(command);
        command.SetAction((parsed, stop) => RunAsync(
            shared.Read(parsed) with { Display = parsed.GetValue(display), Excluded = parsed.GetValue(exclude) ?? [] }, stop));
        return command;
    }

    public static Command CreateService()
    {
        var shared = new ServiceArguments();
        var socket = UsualOptions.Path("--socket", $"Where workers come in; default for root: {WorkerSocket.MachinePath}");
        var exclude = ExcludeOption.Create();
        var command = new Command("service", "Run the machine's service; each session runs 'tandem-srs worker'") { socket };
        if (OperatingSystem.IsWindows())
            command.Options.Add(exclude); // there the service starts the workers
        shared.AddTo(command);
        command.SetAction((parsed, stop) => ServeAsync(
            shared.Read(parsed) with
            {
                WorkerSocket = Path.GetFullPath(parsed.GetValue(socket) ?? WorkerSocket.Own),
                Excluded = OperatingSystem.IsWindows() ? parsed.GetValue(exclude) ?? [] : [],
            },
            stop));
        return command;
    }

    private static Task<int> ServeAsync(ServiceOptions options, CancellationToken stop) =>
        OperatingSystem.IsWindows() && WindowsServiceHost.TryRun(stopped => LoggedAsync(options, stopped)) is { } code
            ? Task.FromResult(code)
            : RunAsync(options, stop);

    private static async Task<int> LoggedAsync(ServiceOptions options, CancellationToken stop)
    {
        await using var log = ServiceLog.Open(options.DataFolder);
        Console.SetOut(log);
        Console.SetError(log);
        return await RunAsync(options, stop);
    }

    private static async Task<int> RunAsync(ServiceOptions options, CancellationToken stop)
    {
        try
        {
            await ServiceRunner.RunAsync(options, Console.Out, TimeProvider.System, stop);
            return 0;
        }
        catch (Exception e) when (e is ServiceException or OptionsException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return 0;
        }
    }
}
