using System.CommandLine;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Tandem.Hosting;

namespace Tandem.Server.Up;

/// <summary><c>tandem up</c>: the server.</summary>
internal static class UpCommand
{
    private static readonly Option<string?> Data = new("--data") { Description = "Data folder (default ./tandem-data)" };
    private static readonly Option<string?> Roles = new("--roles") { Description = "Of sip,mcp,web (default all)" };
    private static readonly Option<string?> Config = new("--config") { Description = "A configuration file (JSON)" };
    private static readonly Option<string?> Listen = new("--listen") { Description = "Address to listen on (default 127.0.0.1)" };
    private static readonly Option<string?> Advertise = new("--advertise") { Description = "What SDP and Contact say" };

    internal static Command Create()
    {
        var command = new Command("up", "Run the server, or some of its roles") { Data, Roles, Config, Listen, Advertise };
        command.SetAction((parsed, stop) => RunAsync(Configure(parsed), stop));
        return command;
    }

    private static IConfiguration Configure(ParseResult parsed)
    {
        var builder = new ConfigurationBuilder()
            .AddJsonFile(Path.GetFullPath("appsettings.json"), optional: true);
        if (parsed.GetValue(Config) is { } file)
            builder.AddJsonFile(Path.GetFullPath(file), optional: false);
        var given = new Dictionary<string, string?>
        {
            ["data"] = parsed.GetValue(Data),
            ["roles"] = parsed.GetValue(Roles),
            ["listen"] = parsed.GetValue(Listen),
            ["advertise"] = parsed.GetValue(Advertise),
        };
        try
        {
            return builder
                .AddEnvironmentVariables("TANDEM__")
                .AddInMemoryCollection(given.Where(entry => entry.Value is not null))
                .Build();
        }
        catch (Exception wrong) when (wrong is InvalidDataException or FileNotFoundException)
        {
            throw new OptionsException($"the configuration cannot be read: {wrong.InnerException?.Message ?? wrong.Message}", wrong);
        }
    }

    private static async Task<int> RunAsync(IConfiguration configuration, CancellationToken stop)
    {
        var options = UpOptions.Read(configuration);
        using var stopping = new Stopping(stop);
        using var loggers = LoggerFactory.Create(logging => logging
            .SetMinimumLevel(Level(configuration["logLevel"]))
            .AddFilter("Microsoft", LogLevel.Warning)
            // It would print the stack of what is said in one sentence.
            .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None)
            .AddSimpleConsole(line => (line.SingleLine, line.TimestampFormat, line.UseUtcTimestamp) = (true, "HH:mm:ss.fff ", true))
            .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace));
        MakeFolder(options.DataFolder);
        var wiring = new RoleWiring(configuration, options, Secrets.ReadOrMake(options.DataFolder));
        await using var server = await RunningServer.StartAsync(options, wiring, TimeProvider.System, loggers, stopping.Token);
        Console.WriteLine($"ready {string.Join(' ', server.Roles.SelectMany(role =>
            role.Endpoints.Select(endpoint => $"{role.Name}.{endpoint.Key}={endpoint.Value}")))}");
        await stopping.WaitAsync();
        return 0;
    }

    private static void MakeFolder(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OptionsException($"the data folder {path} cannot be made: {e.Message}", e);
        }
    }

    private static LogLevel Level(string? text) =>
        text is null ? LogLevel.Information
        : Enum.TryParse<LogLevel>(text, ignoreCase: true, out var level) ? level
        : throw new OptionsException($"'{text}' given as logLevel is none of {string.Join(", ", Enum.GetNames<LogLevel>())}");
}
