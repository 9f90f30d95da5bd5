using System.Text.Json.Nodes;
using Tandem.Lab.Machines;

namespace Tandem.Lab.World;

/// <summary>A real <c>tandem up</c> with some of the roles.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(60);

    private readonly ChildProcess _process;

    private ServerProcess(ChildProcess process) => _process = process;

    public int Id => _process.Id;

    public string Tail => _process.Tail;

    public static Task<ServerProcess> StartAsync(
        string dataFolder, ServerAddresses at, string roles, CancellationToken stop, int? ringSeconds = null, bool trackPerMonitor = false) =>
        StartAsync(dataFolder, Configuration(at, ringSeconds, trackPerMonitor), roles, stop);

    /// <param name="configuration">What the configuration file is to say.</param>
    public static async Task<ServerProcess> StartAsync(
        string dataFolder, JsonObject configuration, string roles, CancellationToken stop)
    {
        Directory.CreateDirectory(dataFolder);
        var config = Path.Combine(dataFolder, "lab.json");
        await File.WriteAllTextAsync(config, configuration.ToJsonString(), stop);
        var process = ChildProcess.Start(
            Binaries.Tandem, ["up", "--data", dataFolder, "--config", config, "--roles", roles], name: $"tandem up ({roles})");
        try
        {
            await process.WaitForLineAsync(line => line.StartsWith("ready", StringComparison.Ordinal), StartLimit, stop);
            return new ServerProcess(process);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>What a server at these ports is told.</summary>
    public static JsonObject Configuration(ServerAddresses at, int? ringSeconds = null, bool trackPerMonitor = false) => new()
    {
        ["sip"] = new JsonObject { ["port"] = at.Sip, ["ctiPort"] = at.SipCti, ["ringSeconds"] = ringSeconds ?? 120 },
        ["mcp"] = new JsonObject
        {
            ["port"] = at.Mcp,
            ["ctiPort"] = at.McpCti,
            ["rtpPortMin"] = at.RtpMin,
            ["rtpPortMax"] = at.RtpMax,
        },
        ["web"] = new JsonObject { ["port"] = at.Web, ["screen"] = new JsonObject { ["trackPerMonitor"] = trackPerMonitor } },
    };

    /// <summary>Until RWS follows the calls that come to MCP by SIPREC.</summary>
    internal Task FollowsMcpAsync(ServerAddresses at, CancellationToken stop) => _process.WaitForLineAsync(
        line => line.Contains($"CTI source ws://127.0.0.1:{at.McpCti}/cti/v1 connected", StringComparison.Ordinal), StartLimit, stop);

    /// <summary>SIGTERM and a clean end.</summary>
    /// <exception cref="LabException">It did not end, or not with exit code 0.</exception>
    public async Task StopAsync()
    {
        var code = await _process.StopAsync(StopLimit);
        if (code != 0)
            throw new LabException($"{_process.Name} ended with exit code {code}:\n{_process.Tail}");
    }

    public void Kill() => _process.Kill();

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
