using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Tandem.Media.Codecs;
using Tandem.Media.Net;
using Tandem.MediaControlPlatform.Engine;
using Tandem.MediaControlPlatform.Recording;
using Tandem.Safekeeping.Spooling;

namespace Tandem.Media.Bench;

/// <summary>Our engine and spool in a process of their own.</summary>
internal sealed class TandemRun(BenchOptions options, int calls, bool relayed)
{
    private const int FirstPort = 16_384;

    // Others on this machine may hold some of the range.
    private const int SparePorts = 1001;
    private int _legs;

    public async Task<BenchResult> MeasureAsync()
    {
        var folder = Directory.CreateTempSubdirectory("tandem-bench-");
        var time = TimeProvider.System;
        using var spool = Spool.Open(folder.FullName, new SpoolOptions(), time, NullLogger.Instance);
        var writer = new SpoolWriter(NullLogger.Instance);
        var engine = new MediaEngine(IPAddress.Loopback, FirstPort, FirstPort + (4 * calls) + SparePorts, time, NullLogger.Instance);
        var segments = new Segments(engine, spool, writer, "default", time, NullLogger.Instance);
        // A first call brings the code in, which is not what a call takes.
        await LoadProcess.RunAsync(await BeginAsync(1, engine, segments, writer), 0, 1, () => { });
        await EndAsync(engine, segments, writer);
        var before = Environment.WorkingSet;
        var streams = await BeginAsync(calls, engine, segments, writer);
        var result = await LoadAsync(engine, writer, streams, before);
        await EndAsync(engine, segments, writer);
        await engine.DisposeAsync();
        await writer.DisposeAsync();
        folder.Delete(true);
        return result;
    }

    /// <summary>Begins calls as fast as the disk takes their streams: all are open before the load comes.</summary>
    private async Task<List<Stream>> BeginAsync(int count, MediaEngine engine, Segments segments, SpoolWriter writer)
    {
        var streams = new List<Stream>();
        while (streams.Count < 2 * count)
        {
            streams.AddRange(await engine.RunAsync(nowUs => Begin(engine, segments, nowUs)));
            if (streams.Count % 20 == 0)
                await DrainAsync(writer);
        }
        await DrainAsync(writer);
        return streams;
    }

    private async Task EndAsync(MediaEngine engine, Segments segments, SpoolWriter writer)
    {
        await engine.RunAsync(nowUs =>
        {
            segments.EndAll(nowUs);
            foreach (var leg in engine.Legs.Values.ToArray())
                engine.RemoveLeg(leg, nowUs);
            return _legs = 0;
        });
        await DrainAsync(writer);
    }

    private static async Task DrainAsync(SpoolWriter writer)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        writer.Post(done.SetResult);
        await done.Task;
    }

    private async Task<BenchResult> LoadAsync(MediaEngine engine, SpoolWriter writer, List<Stream> streams, long before)
    {
        var first = engine.Datagrams;
        var began = (Cpu: TimeSpan.Zero, All: 0L, Media: 0L, Records: 0L, Datagrams: 0L);
        var load = await LoadProcess.RunAsync(streams, BenchOptions.WarmUpSeconds, options.Seconds, () => began = (
            Process.GetCurrentProcess().Cpu(), GC.GetTotalAllocatedBytes(), MediaBytes(engine), writer.Written,
            engine.Datagrams));
        var cpu = Process.GetCurrentProcess().Cpu() - began.Cpu;
        var records = writer.Written - began.Records;
        var inside = new InsideFigures(
            (MediaBytes(engine) - began.Media) / (double)Math.Max(1, engine.Datagrams - began.Datagrams),
            (GC.GetTotalAllocatedBytes() - began.All) / (double)Math.Max(1, records),
            records / load.Seconds);
        var lost = relayed ? load.Sent - load.Back : Missing(engine, first, options.Seconds, streams.Count);
        return new BenchResult(
            relayed ? "tandem" : "tandem, record only", calls, cpu.TotalSeconds, lost, Environment.WorkingSet - before, load, inside);
    }

    private static long MediaBytes(MediaEngine engine) =>
        engine.RunAsync(_ => GC.GetAllocatedBytesForCurrentThread()).GetAwaiter().GetResult();

    // Warm-up included: every packet that was ever sent to us.
    private static long Missing(MediaEngine engine, long first, int seconds, int streams) =>
        (streams * 50L * (seconds + BenchOptions.WarmUpSeconds)) - (engine.RunAsync(_ => engine.Datagrams).GetAwaiter().GetResult() - first);

    private Stream[] Begin(MediaEngine engine, Segments segments, long nowUs)
    {
        var id = Guid.NewGuid().ToString("N");
        var legs = new[] { engine.AddLeg(id + "a", "7001")!, engine.AddLeg(id + "b", "555")! };
        var streams = new Stream[2];
        for (var i = 0; i < 2; i++)
        {
            streams[i] = new Stream(Stream.LocalOf(_legs++), legs[i].Rtp.Local.Port);
            var remote = new MediaAddress(0x7F000001, streams[i].Local);
            legs[i].Apply(new LegMedia(AudioCodec.Pcma, 8, -1, remote, PeerSends: true, PeerReceives: relayed), nowUs);
            engine.Conference(id).Join(legs[i], nowUs);
        }
        var request = new RecordRequest(Guid.NewGuid().ToString(), "7001", "CALL", "CONN", null, null, false);
        segments.Begin(engine.Conference(id), request, (_, _) => { }, nowUs);
        return streams;
    }
}
