using System.Text.Json;
using Tandem.Lab.Machines;
using Tandem.Lab.Results;

namespace Tandem.SystemTests.Scenarios;

/// <summary>Runs <c>tandem sim</c> as a user does and reads its last line.</summary>
internal static class SimProcess
{
    internal static async Task<(int Code, SimResult? Result, string Said)> RunAsync(
        string scenario, string outFolder, CancellationToken stop, params string[] more)
    {
        await using var process = ChildProcess.Start(
            Binaries.Tandem, ["sim", scenario, "--json", "--out", outFolder, .. more], name: $"tandem sim {scenario}");
        var code = await process.WaitForExitAsync(TimeSpan.FromMinutes(4), stop);
        var last = process.Tail.Split('\n').LastOrDefault(line => line.StartsWith('{'));
        var result = last is null ? null : JsonSerializer.Deserialize(last, LabJson.Default.SimResult);
        return (code, result, process.Tail);
    }
}
