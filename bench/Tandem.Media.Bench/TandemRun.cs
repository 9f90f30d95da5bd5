using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Tandem.Media.Codecs;
using Tandem.Media.Net;
using Tandem.MediaControlPlatform.Engine;
using Tandem.MediaControlPlatform.Recording;
using Tandem.Safekeeping.Spooling;

namespace Tandem.Media.Bench;

/// <summary>Our engine and spool in this process.</summary>
internal static class TandemRun
{
    private const int FirstPort = 16_384;

    public static async Task<BenchResult> MeasureAsync(BenchOptions options)
    {
        var folder = Directory.CreateTempSubdirectory("tandem-bench-");
        var time = TimeProvider.System;
        using var spool = Spool.Open(folder.FullName, new SpoolOptions(), time, NullLogger.Instance);
        var writer = new SpoolWriter(NullLogger.Instance);
        var before = Environment.WorkingSet;
        var engine = new MediaEngine(
            IPAddress.Loopback, FirstPort, FirstPort + (4 * options.Calls) + 1, time, NullLogger.Instance);
        var segments = new Segments(engine, spool, writer, "default", time, NullLogger.Instance);
        var ports = new List<int>();
        for (var call = 0; call < options.Calls; call++)
            ports.AddRange(await engine.RunAsync(nowUs => Begin(engine, segments, nowUs)));
        await LoadProcess.RunAsync(ports, BenchOptions.WarmUpSeconds);
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var (allocated, written) = (GC.GetTotalAllocatedBytes(), writer.Written);
        var (sent, back) = await LoadProcess.RunAsync(ports, options.Seconds);
        cpu = Process.GetCurrentProcess().TotalProcessorTime - cpu;
        var perPacket = (GC.GetTotalAllocatedBytes() - allocated) / (double)Math.Max(1, sent);
        var perSecond = (writer.Written - written) / (double)options.Seconds;
        var memory = Math.Max(0, Environment.WorkingSet - before);
        await engine.RunAsync(nowUs =>
        {
            segments.EndAll(nowUs);
            return 0;
        });
        await engine.DisposeAsync();
        await writer.DisposeAsync();
        folder.Delete(true);
        return new BenchResult(cpu.TotalSeconds, sent, back, memory, perPacket, perSecond);
    }

    private static int[] Begin(MediaEngine engine, Segments segments, long nowUs)
    {
        var id = Guid.NewGuid().ToString("N");
        var legs = new[] { engine.AddLeg(id + "a", "7001")!, engine.AddLeg(id + "b", "555")! };
        foreach (var leg in legs)
        {
            var remote = new MediaAddress(0x7F000001, (ushort)(leg.Rtp.Local.Port + LoadGenerator.PortShift));
            leg.Apply(new LegMedia(AudioCodec.Pcma, 8, -1, remote, true, true), nowUs);
            engine.Conference(id).Join(leg, nowUs);
        }
        var request = new RecordRequest(Guid.NewGuid().ToString(), "7001", "CALL", "CONN", null, null, false);
        segments.Begin(engine.Conference(id), request, (_, _) => { }, nowUs);
        return [.. legs.Select(leg => (int)leg.Rtp.Local.Port)];
    }
}
