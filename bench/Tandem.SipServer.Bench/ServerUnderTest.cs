using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Tandem.Lab.Machines;

namespace Tandem.SipServer.Bench;

/// <summary>SIP Server in a process of its own, held to one core.</summary>
internal sealed class ServerUnderTest : IAsyncDisposable
{
    private readonly Process _process;
    private readonly DirectoryInfo _folder;

    private ServerUnderTest(Process process, DirectoryInfo folder, int port, int ctiPort) =>
        (_process, _folder, Port, CtiPort) = (process, folder, port, ctiPort);

    public int Port { get; }

    public int CtiPort { get; }

    public int Id => _process.Id;

    /// <param name="numbers">The DNs that exist; password <c>pw-DN</c>.</param>
    /// <param name="trunkPort">Calls from there need no digest.</param>
    public static async Task<ServerUnderTest> StartAsync(IEnumerable<string> numbers, int trunkPort)
    {
        var folder = Directory.CreateTempSubdirectory("tandem-bench-");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "configuration.json"), Configuration(numbers, trunkPort));
        var (port, ctiPort) = (FreePorts.Next(), FreePorts.Next());
        var start = new ProcessStartInfo("taskset",
            ["-c", "0", Environment.ProcessPath!, "serve", folder.FullName, $"{port}", $"{ctiPort}"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data?.Contains("fail", StringComparison.OrdinalIgnoreCase) == true) Console.Error.WriteLine(line.Data);
        };
        process.BeginErrorReadLine();
        if (await process.StandardOutput.ReadLineAsync() != "ready")
            throw new InvalidOperationException("SIP Server did not start");
        return new ServerUnderTest(process, folder, port, ctiPort);
    }

    /// <summary>Bytes allocated since the start, and bytes held.</summary>
    /// <param name="collect">After a full collection.</param>
    public async Task<(long Allocated, long Held)> AskAsync(bool collect = false)
    {
        await _process.StandardInput.WriteLineAsync(collect ? "collect" : "measure");
        var said = (await _process.StandardOutput.ReadLineAsync())!.Split(' ');
        return (long.Parse(said[0], CultureInfo.InvariantCulture), long.Parse(said[1], CultureInfo.InvariantCulture));
    }

    private static string Configuration(IEnumerable<string> numbers, int trunkPort)
    {
        var dns = new JsonObject();
        foreach (var dn in numbers)
        {
            var secret = Encoding.UTF8.GetBytes($"{dn}:tandem:pw-{dn}");
            dns[dn] = new JsonObject
            {
                ["type"] = "extension",
#pragma warning disable CA5351 // Digest as telephones speak it.
                ["secretMd5"] = Convert.ToHexStringLower(MD5.HashData(secret)),
#pragma warning restore CA5351
                ["secretSha256"] = Convert.ToHexStringLower(SHA256.HashData(secret)),
            };
        }
        return new JsonObject
        {
            ["realm"] = "tandem",
            ["dns"] = dns,
            ["trunks"] = new JsonObject
            {
                ["outside"] = new JsonObject { ["address"] = "127.0.0.1", ["port"] = trunkPort, ["prefixes"] = new JsonArray() },
            },
        }.ToJsonString();
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(true);
    }
}
