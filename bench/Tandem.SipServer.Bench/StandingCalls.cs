namespace Tandem.SipServer.Bench;

/// <summary>What a call holds while it stands, and what is left of it afterwards.</summary>
internal static class StandingCalls
{
    private const int Calls = 5_000;
    private const int HoldMs = 20_000;

    /// <summary>All transactions are forgotten after 64 T1 = 32 s (RFC 3261 section 17).</summary>
    private static readonly TimeSpan Forgotten = TimeSpan.FromSeconds(36);

    public static async Task MeasureAsync()
    {
        using var sipp = new Sipp();
        await using var server = await ServerUnderTest.StartAsync(CallLoad.Dns, sipp.CallerPort);
        await sipp.RegisterAsync(CallLoad.Dns, server.Port, 200, sipp.CalleePort);
        await using var callee = sipp.Answer();
        await sipp.CallAsync(CallLoad.Dns, 1_000, server.Port, 300, 0);
        await Task.Delay(Forgotten, TimeProvider.System);
        var (_, before) = await server.AskAsync(collect: true);
        var calling = sipp.CallAsync(CallLoad.Dns, Calls, server.Port, 400, HoldMs);
        await Task.Delay(TimeSpan.FromSeconds(Calls / 400 + 4), TimeProvider.System);
        var (_, during) = await server.AskAsync(collect: true);
        var resident = ProcessCost.ResidentMiB(server.Id);
        var (_, failed) = await calling;
        var (_, ended) = await server.AskAsync(collect: true);
        await Task.Delay(Forgotten, TimeProvider.System);
        var (_, after) = await server.AskAsync(collect: true);
        Console.WriteLine($"memory, {Calls} standing calls ({failed} failed)");
        Console.WriteLine($"  held by a standing call               {(during - before) / Calls,8} bytes ({resident:0} MiB resident with all)");
        Console.WriteLine($"  held just after its end                {(ended - before) / Calls,7} bytes (transactions that wait for repeats)");
        Console.WriteLine($"  held 36 s after its end                {(after - before) / Calls,7} bytes (the index of the event log)");
    }
}
