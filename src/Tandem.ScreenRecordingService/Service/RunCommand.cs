using System.CommandLine;
using Tandem.Hosting;

namespace Tandem.ScreenRecordingService.Service;

/// <summary><c>tandem-srs run</c>: service and worker in one, until SIGINT or SIGTERM.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var data = new Option<string>("--data") { Description = "Folder of the enrolment and the spool", Required = true };
        var server = new Option<Uri[]>("--server") { Description = "Address of RWS; repeat for peers", Required = true, CustomParser = ParseAddresses };
        var enrol = new Option<string?>("--enrol") { Description = "One-time enrolment token, at the first start" };
        var port = new Option<int>("--port") { Description = "Port of the local API on 127.0.0.1", DefaultValueFactory = _ => 8090 };
        var display = new Option<string?>("--display") { Description = "X display such as :0" };
        var origin = new Option<string[]>("--origin") { Description = "Origin of a desktop page that may use the local API; repeatable" };
        var exclude = ExcludeOption.Create();
        var command = new Command("run", "Run the service with its worker") { data, server, enrol, port, display, origin, exclude };
        command.SetAction((parsed, stop) => RunAsync(
            new ServiceOptions
            {
                DataFolder = Path.GetFullPath(parsed.GetValue(data)!),
                Servers = parsed.GetValue(server)!,
                EnrolmentToken = parsed.GetValue(enrol),
                Port = parsed.GetValue(port),
                Display = parsed.GetValue(display),
                Origins = parsed.GetValue(origin) ?? [],
                Excluded = parsed.GetValue(exclude) ?? [],
            },
            stop));
        return command;
    }

    private static async Task<int> RunAsync(ServiceOptions options, CancellationToken stop)
    {
        try
        {
            await ServiceRunner.RunAsync(options, Console.Out, TimeProvider.System, stop);
            return 0;
        }
        catch (Exception e) when (e is ServiceException or OptionsException or IOException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return 0;
        }
    }

    internal static Uri[]? ParseAddresses(System.CommandLine.Parsing.ArgumentResult result)
    {
        var addresses = new List<Uri>();
        foreach (var token in result.Tokens)
        {
            if (Uri.TryCreate(token.Value, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
                addresses.Add(address);
            else
                result.AddError($"--server {token.Value} is not an http or https address.");
        }
        return [.. addresses];
    }
}
