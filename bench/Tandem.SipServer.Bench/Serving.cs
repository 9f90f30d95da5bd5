using System.Globalization;
using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Tandem.Hosting;

namespace Tandem.SipServer.Bench;

/// <summary>SIP Server alone in a process of its own, as <c>tandem up --roles sip</c> runs it; a line on standard input
/// asks what it has allocated and holds.</summary>
internal static class Serving
{
    public const string Token = "token-of-the-bench-0001";

    public static async Task RunAsync(string folder, string sipPort, string ctiPort)
    {
        using var loggers = LoggerFactory.Create(logging => logging
            .AddFilter("Microsoft", LogLevel.Warning)
            .AddSimpleConsole(line => line.SingleLine = true)
            .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace));
        await using var role = await SipServerRole.StartAsync(
            new RoleContext
            {
                Configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
                {
                    ["port"] = sipPort,
                    ["ctiPort"] = ctiPort,
                    ["ctiClients:0:name"] = "bench",
                    ["ctiClients:0:token"] = Token,
                    ["ctiClients:0:dns:0"] = "*",
                }).Build(),
                DataFolder = folder,
                Listen = IPAddress.Loopback,
                Advertise = IPAddress.Loopback,
                Time = TimeProvider.System,
                Loggers = loggers,
            },
            CancellationToken.None);
        Console.WriteLine("ready");
        while (await Console.In.ReadLineAsync() is { } asked)
        {
            if (asked == "collect")
                GC.Collect(2, GCCollectionMode.Aggressive, true, true);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{GC.GetTotalAllocatedBytes()} {GC.GetTotalMemory(false)}"));
        }
    }
}
