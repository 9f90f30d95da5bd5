using Tandem.Lab.Machines;

namespace Tandem.SipServer.Bench;

/// <summary>Whole calls, INVITE to BYE, without media: through SIP Server, through kamailio, and from SIPp straight to
/// SIPp.</summary>
internal static class CallLoad
{
    private const int Calls = 5_000;
    private const int Rate = 500;
    private const int Numbers = 200;

    private static readonly int[] Rates = [500, 800, 1_200, 1_500];

    public static IReadOnlyList<string> Dns { get; } = [.. Enumerable.Range(7000, Numbers).Select(number => $"{number}")];

    public static async Task MeasureAsync()
    {
        using var sipp = new Sipp();
        Console.WriteLine($"calls, {Calls} at {Rate}/s, one core             CPU ms/call  calls/s/core  failed   MiB  bytes allocated/call");
        var ours = await OursAsync(sipp);
        var proxy = await KamailioAsync(sipp);
        await using var callee = sipp.Answer();
        var direct = await RunAsync("SIPp to SIPp, the answering side", sipp, sipp.CalleePort, callee.Id, null);
        Console.WriteLine(proxy is { } other
            ? $"  a B2BUA call costs {ours / other:0.0} times a proxied call of kamailio, {ours / direct:0.0} times SIPp's own side"
            : "  kamailio is not on this machine (Debian package kamailio)");
    }

    private static async Task<double> OursAsync(Sipp sipp)
    {
        await using var server = await ServerUnderTest.StartAsync(Dns, sipp.CallerPort);
        await sipp.RegisterAsync(Dns, server.Port, 200, sipp.CalleePort);
        await using var callee = sipp.Answer();

        // The just-in-time compiler is part of a start, not of a call.
        await sipp.CallAsync(Dns, 8_000, server.Port, Rate, 0);
        var cost = await RunAsync("Tandem SIP Server, B2BUA", sipp, server.Port, server.Id, server);
        foreach (var rate in Rates)
        {
            var (seconds, failed) = await sipp.CallAsync(Dns, rate * 6, server.Port, rate, 0);
            Console.WriteLine($"  {rate,5} calls/s asked on one core: {rate * 6 / seconds:0}/s done, {failed} failed");
            if (failed > 0) break;
        }
        return cost;
    }

    private static async Task<double?> KamailioAsync(Sipp sipp)
    {
        await using var kamailio = await Kamailio.StartAsync();
        if (kamailio is null) return null;
        await sipp.RegisterAsync(Dns, kamailio.Port, 200, sipp.CalleePort, digest: false);
        await using var callee = sipp.Answer();
        await sipp.CallAsync(Dns, 500, kamailio.Port, 300, 0);
        return await RunAsync("kamailio, stateful proxy", sipp, kamailio.Port, kamailio.Id, null);
    }

    private static async Task<double> RunAsync(string who, Sipp sipp, int port, int process, ServerUnderTest? server)
    {
        var allocated = server is null ? default : await server.AskAsync();
        var cpu = ProcessCost.CpuSeconds(process);
        var (_, failed) = await sipp.CallAsync(Dns, Calls, port, Rate, 0);
        cpu = ProcessCost.CpuSeconds(process) - cpu;
        var bytes = server is null ? "" : $"{((await server.AskAsync()).Allocated - allocated.Allocated) / Calls,10}";
        Console.WriteLine(
            $"  {who,-45} {cpu * 1000 / Calls,8:0.000} {Calls / cpu,13:0} {failed,7} {ProcessCost.ResidentMiB(process),5:0} {bytes}");
        return cpu * 1000 / Calls;
    }
}
