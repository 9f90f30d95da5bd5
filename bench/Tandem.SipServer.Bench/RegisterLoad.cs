namespace Tandem.SipServer.Bench;

/// <summary>REGISTER with digest, challenge included, and what 100,000 contacts hold.</summary>
internal static class RegisterLoad
{
    private const int Contacts = 100_000;
    private const int Rate = 1_500;

    public static async Task MeasureAsync()
    {
        using var sipp = new Sipp();
        var all = Enumerable.Range(1_000_000, Contacts).Select(number => $"{number}").ToArray();
        await using var server = await ServerUnderTest.StartAsync(all, sipp.CallerPort);
        var (_, before) = await server.AskAsync(collect: true);
        await sipp.RegisterAsync(all[..5_000], server.Port, 500, sipp.CalleePort);
        var (allocated, _) = await server.AskAsync();
        var cpu = ProcessCost.CpuSeconds(server.Id);
        var (seconds, failed) = await sipp.RegisterAsync(all[5_000..], server.Port, Rate, sipp.CalleePort);
        cpu = ProcessCost.CpuSeconds(server.Id) - cpu;
        var bytes = ((await server.AskAsync()).Allocated - allocated) / (Contacts - 5_000);
        var peak = ProcessCost.ResidentMiB(server.Id);
        await Task.Delay(TimeSpan.FromSeconds(36), TimeProvider.System);
        var (_, after) = await server.AskAsync(collect: true);
        var count = Contacts - 5_000 - failed;
        Console.WriteLine($"REGISTER with digest (401 and 200), {count} at {count / seconds:0}/s on one core, {failed} failed");
        Console.WriteLine($"  CPU {cpu * 1000 / count:0.000} ms each: {count / cpu:0} a second and core; {bytes} bytes allocated each; {peak:0} MiB resident at most");
        Console.WriteLine($"  {Contacts} registered contacts hold {(after - before) / Contacts} bytes each");
    }
}
