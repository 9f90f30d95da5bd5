using System.CommandLine;
using Tandem.Lab.Demo;
using Tandem.Server.Sim;

namespace Tandem.Server.Demo;

/// <summary><c>tandem demo</c>: the nine steps at work, with speech and a browser.</summary>
internal static class DemoCommand
{
    private static readonly Option<bool> Once = new("--once") { Description = "End by itself, with one line of JSON" };
    private static readonly Option<string?> Data = new("--data") { Description = "Data folder to use and keep" };
    private static readonly Option<string?> Out = new("--out") { Description = "Folder for the unsealed media" };

    internal static Command Create()
    {
        var command = new Command("demo", "Show a recorded call: server, SRS, phones that speak, a real browser") { Once, Data, Out };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        var once = parsed.GetValue(Once);
        var options = new DemoOptions(Full(parsed.GetValue(Data)), once, Full(parsed.GetValue(Out)));
        using var stopping = new Stopping(stop);
        try
        {
            var result = await new DemoRunner(options, TimeProvider.System, Console.WriteLine).RunAsync(stopping.Token);
            if (once)
                SimCommand.Print(result, json: true);
            return result.Ok ? 0 : Failures.Refused;
        }
        catch (OperationCanceledException) when (stopping.Token.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("tandem: interrupted before the last step; what it had started is ended.");
            return Failures.Interrupted;
        }
    }

    private static string? Full(string? path) => path is null ? null : Path.GetFullPath(path);
}
