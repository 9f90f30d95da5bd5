using Tandem.Lab.Machines;
using Tandem.Lab.Scenarios;
using Tandem.Lab.World;

namespace Tandem.Lab.Results;

/// <summary>Plays a scenario on real parts and judges what came of it.</summary>
/// <param name="told">Called with lines for people.</param>
public sealed class SimRunner(SimOptions options, TimeProvider time, Action<string> told)
{
    public async Task<SimResult> RunAsync(CancellationToken stop)
    {
        Programs.Require("Xvfb", "ffmpeg");
        var data = options.DataFolder ?? Directory.CreateTempSubdirectory("tandem-sim-").FullName;
        var media = options.OutFolder ?? Path.Combine(data, "lab", "media");
        Directory.CreateDirectory(media);
        try
        {
            return await RunAsync(data, media, stop);
        }
        finally
        {
            if (options.DataFolder is null)
                Directory.Delete(data, recursive: true);
        }
    }

    private async Task<SimResult> RunAsync(string data, string media, CancellationToken stop)
    {
        var scenario = options.Scenario;
        told($"starting the server, {scenario.Agents} SRS and the phones");
        await using var world = await SimulatedWorld.StartAsync(new WorldOptions
        {
            Agents = scenario.Agents,
            DataFolder = data,
            Addresses = ServerAddresses.Free(),
            FullTime = scenario.FullTime,
            RecordAfterCallWork = scenario.RecordAfterCallWork,
            RecordingWhen = scenario.RecordingWhen,
            Customers = scenario.Customers,
            Processes = scenario.Processes,
            RingSeconds = scenario.RingSeconds,
            Impairment = options.Impairment,
        }, time, stop);
        await new ScenarioPlayer(world, time, told).PlayAsync(scenario, stop);
        var agents = world.Agents.ToDictionary(agent => agent.Value.Phone.Dn, agent => agent.Key);
        var harvest = new Harvest(world.Admin, world.Cti, agents, time, told);
        var heard = scenario.LosesMedia || options.Impairment is not null ? [] : HearingJudge.Judge(world.Cti.Events, world.Phones);
        var result = (await harvest.GatherAsync(scenario, media, options.Impairment is not null, stop)).With(heard);
        if (!result.Ok)
            told(world.Tails());
        return result;
    }
}
