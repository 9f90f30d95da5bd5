using Tandem.Contracts.Cti;
using Tandem.SipServer.Journal;
using Tandem.TestKit;

namespace Tandem.SipServer.Tests.Journal;

public sealed class EventLogTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly FakeTime _time = new();
    private readonly LogIdentity _identity = new("sip-1", 1, "boot", false);

    [Fact]
    public void Numbers_go_on_after_a_restart_and_everything_missed_is_found()
    {
        CtiPosition seen;
        using (var log = Open())
        {
            seen = log.Append([Event("7001", "EventRinging"), Event("5001", "EventDialing")])[1].Position!;
            log.Append([Event("7001", "EventEstablished"), Event("5001", "EventEstablished")]);
        }

        using var again = Open();
        Assert.Equal(4, again.Newest.Number);
        var later = again.Append([Event("7001", "EventReleased")]);
        Assert.Equal(new CtiPosition("sip-1", 1, 5), later[0].Position);
        Assert.Equal(["EventEstablished", "EventReleased"], Missed(again, "7001", seen));
        Assert.Equal(["EventEstablished"], Missed(again, "5001", seen));
        Assert.Empty(Missed(again, "7001", again.Newest));
    }

    [Fact]
    public void A_batch_stays_a_batch()
    {
        using var log = Open();
        log.Append([Event("7001", "EventPartyChanged"), Event("7001", "EventReleased")]);
        var reference = Assert.Single(log.After("7001", new CtiPosition("sip-1", 1, 0)));
        Assert.Equal(2, log.Read(reference, "7001", new CtiPosition("sip-1", 1, 0)).Length);
        Assert.Single(log.Read(reference, "7001", new CtiPosition("sip-1", 1, 1)));
    }

    [Fact]
    public void A_client_of_an_older_epoch_or_another_source_gets_all_that_is_kept()
    {
        using (var log = Open()) log.Append([Event("7001", "EventRinging")]);
        using var later = EventLog.Open(_folder.Path, _identity with { Epoch = 2 }, _time, _ => { });
        Assert.Equal(new CtiPosition("sip-1", 2, 0), later.Newest);
        later.Append([Event("7001", "EventReleased")]);
        Assert.Equal(["EventReleased"], Missed(later, "7001", new CtiPosition("sip-1", 1, 1)));
        Assert.Equal(["EventRinging", "EventReleased"], Missed(later, "7001", new CtiPosition("sip-9", 7, 99)));
    }

    [Fact]
    public void A_line_torn_by_a_crash_is_left_out()
    {
        using (var log = Open()) log.Append([Event("7001", "EventRinging")]);
        File.AppendAllText(Directory.GetFiles(_folder.Path).Single(), "[{\"Event\":\"EventEst");
        using var again = Open();
        Assert.Equal(1, again.Newest.Number);
        Assert.Equal(["EventRinging"], Missed(again, "7001", new CtiPosition("sip-1", 1, 0)));
    }

    [Fact]
    public void The_epoch_grows_only_when_the_end_may_be_lost()
    {
        var path = _folder.At("source.json");
        var first = IdentityFile.Start(path);
        Assert.Equal(first, IdentityFile.Start(path));
        IdentityFile.StopCleanly(path, first with { BootId = "other boot" });
        Assert.Equal(first, IdentityFile.Start(path));
        File.WriteAllText(path, File.ReadAllText(path).Replace(first.BootId, "other boot", StringComparison.Ordinal));
        Assert.Equal(first with { Epoch = 2 }, IdentityFile.Start(path));
    }

    [Fact]
    public void Calls_and_agents_that_stood_at_the_end_are_known()
    {
        var fold = new LogFold();
        fold.Add(Event("7001", "EventAgentLogin") with { ConnID = null, AgentID = "a1" });
        fold.Add(Event("7001", "EventRinging"));
        fold.Add(Event("5001", "EventDialing"));
        fold.Add(Event("7001", "EventEstablished"));
        fold.Add(Event("7001", "EventRecording") with { Recording = new RecordingReport(RecordingState.On, "s1") });
        fold.Add(Event("5001", "EventReleased"));
        var open = Assert.Single(fold.OpenCalls);
        Assert.Equal("7001", open.ThisDN);
        Assert.Equal("s1", fold.RecordingOf(open)!.Recording!.SegmentId);
        Assert.Equal("7001", Assert.Single(fold.Agents).Dn);
    }

    public void Dispose() => _folder.Dispose();

    private static CtiEvent Event(string dn, string name) =>
        new() { Name = name, Time = DateTimeOffset.UnixEpoch, ThisDN = dn, ConnID = "0123456789ABCDEF" };

    private static IReadOnlyList<string> Missed(EventLog log, string dn, CtiPosition after) =>
        [.. log.After(dn, after).SelectMany(one => log.Read(one, dn, after)).Select(one => one.Name)];

    private EventLog Open() => EventLog.Open(_folder.Path, _identity, _time, _ => { });
}
