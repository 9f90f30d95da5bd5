using System.Diagnostics;
using System.Globalization;

namespace Tandem.Sip.Bench;

/// <summary>Answers every call at once, for a generator such as <c>sipp -sn uac</c>; prints calls and processor time each 5 s, until a line on standard input.</summary>
internal static class UasBench
{
    public static async Task RunAsync(int port)
    {
        var agent = Agents.Make(port);
        await using var endpoint = agent.Endpoint;
        var calls = 0;
        agent.OnInvite = session =>
        {
            Interlocked.Increment(ref calls);
            session.Ring();
            session.Accept(Agents.Sdp);
        };
        Console.WriteLine("listening on " + endpoint.Listeners[0].Address);
        var stop = Console.In.ReadLineAsync();
        while (!stop.IsCompleted)
        {
            var (before, processor) = (calls, Process.GetCurrentProcess().TotalProcessorTime);
            await Task.WhenAny(stop, Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System));
            var used = (Process.GetCurrentProcess().TotalProcessorTime - processor).TotalSeconds;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{calls - before} calls, {used:F2} s of processor, working set {Environment.WorkingSet >> 20} MiB"));
        }
    }
}
