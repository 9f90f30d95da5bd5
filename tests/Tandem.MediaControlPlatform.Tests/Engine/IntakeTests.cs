using Microsoft.Extensions.Logging.Abstractions;
using Tandem.MediaControlPlatform.Recording;
using Tandem.MediaControlPlatform.Tests.Matrix;
using Tandem.Safekeeping.Spooling;

namespace Tandem.MediaControlPlatform.Tests.Engine;

/// <summary>How packets come in, and what that costs. That nothing is lost or moved by it, the matrix judges by ear.</summary>
public sealed class IntakeTests
{
    [Fact]
    public async Task Packets_gather_only_while_a_call_is_recorded_and_nobody_hears_it()
    {
        using var folder = new StageFolder();
        await using var stage = new Stage(folder, Trouble.All["none"]);
        var (customer, agent) = (stage.Phone("customer", hears: false), stage.Phone("a1", hears: false));
        stage.Join("c", customer, agent);
        stage.Run(100);
        Assert.False(Gathers());
        var segment = stage.Record("c", agent);
        stage.Run(100);
        Assert.True(Gathers());
        stage.Agree(customer, sends: true, hears: true);
        stage.Run(100);
        Assert.False(Gathers());
        stage.Agree(customer, sends: true, hears: false);
        stage.Run(100);
        Assert.True(Gathers());
        stage.Stop(segment);
        stage.Run(1000);
        Assert.False(Gathers());

        bool Gathers()
        {
            Assert.Equal(customer.Leg!.Intake!.Gathers, agent.Leg!.Intake!.Gathers);
            return agent.Leg.Intake.Gathers;
        }
    }

    [Fact]
    public async Task Recording_to_the_spool_allocates_nothing_on_the_media_thread()
    {
        const int Packets = 500;
        using var folder = new StageFolder();
        using var spool = Spool.Open(folder.Spool, new SpoolOptions { FreeFloorBytes = 0 }, TimeProvider.System, NullLogger.Instance);
        await using var writer = new SpoolWriter(NullLogger.Instance);
        var world = new CallWorld();
        Party[] parties = [world.Join("7001", 880), world.Join("555", 440)];
        var sink = new SpoolSink(spool, writer, "/reports", "CALL", "5e9", (_, _) => { }, NullLogger.Instance);
        var recorder = new SegmentRecorder(
            new RecordRequest("5e9f3a34-7ac4-4d0e-9a3c-0c3f6d1f0b7a", "7001", "CALL", "CONN", null, null, false), sink, world.NowUs, CallWorld.ZeroUtcUs);
        world.Conference.Add(recorder, world.NowUs);
        recorder.Begin();
        world.Run(3000);
        var fromUs = world.NowUs;
        byte[][][] packets = [.. parties.Select(party => Enumerable.Range(0, Packets).Select(i => party.Speak(fromUs + (i * 20_000L))!).ToArray())];
        foreach (var party in parties)
            party.Port.Sent = null;
        var allocated = 0L;
        for (var i = 0; i < Packets; i++)
        {
            Drain(writer);
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var k = 0; k < parties.Length; k++)
            {
                parties[k].Deliver(packets[k][i], fromUs + (i * 20_000L));
                parties[k].Leg.Advance(fromUs + (i * 20_000L));
            }
            world.Conference.Tick(fromUs + (i * 20_000L), fromUs + (i * 20_000L), fromUs + (i * 20_000L));
            // A first segment of the queue is outgrown now and then in the beginning.
            allocated += i < Packets / 5 ? 0 : GC.GetAllocatedBytesForCurrentThread() - before;
        }
        Assert.Equal(0, allocated);
        Assert.InRange(writer.Written, Packets * 20 / 1000, int.MaxValue);
    }

    private static void Drain(SpoolWriter writer)
    {
        using var done = new ManualResetEventSlim();
        writer.Post(done.Set);
        Assert.True(done.Wait(TimeSpan.FromSeconds(60)), "the disk thread stands still");
    }
}
