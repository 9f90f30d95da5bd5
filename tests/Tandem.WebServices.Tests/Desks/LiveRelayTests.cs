using System.Text;
using Tandem.Contracts.Srs;
using Tandem.WebServices.Desks;

namespace Tandem.WebServices.Tests.Desks;

public sealed class LiveRelayTests
{
    private readonly LiveRelay _relay = new();

    [Fact]
    public void A_newcomer_gets_the_part_its_init_segment_and_all_since_the_newest_key_frame()
    {
        _relay.Begin("part 0"u8.ToArray(), several: false);
        Take(LivePart.Init, "init");
        Take(LivePart.KeyFragment, "k1");
        Take(LivePart.Fragment, "f2");
        Take(LivePart.KeyFragment, "k3");
        Take(LivePart.Fragment, "f4");
        var newcomer = _relay.Join();
        Take(LivePart.Fragment, "f5");
        Assert.Equal("part 0, init, k3, f4, f5", All(newcomer.Reader));
        _relay.Begin("part 1"u8.ToArray(), several: false);
        Take(LivePart.Init, "init 1");
        Assert.Equal("part 1, init 1", All(newcomer.Reader));
        Assert.True(_relay.Leave(newcomer));
    }

    [Fact]
    public void Of_several_tracks_a_newcomer_gets_all_since_the_newest_key_frame_of_each_and_which_is_which()
    {
        _relay.Begin("part"u8.ToArray(), several: true);
        Take(LivePart.Init, "i0");
        Take(LivePart.Init + LivePart.TrackUnit, "i1");
        Take(LivePart.KeyFragment, "k0");
        Take(LivePart.KeyFragment + LivePart.TrackUnit, "k1");
        Take(LivePart.Fragment, "f0");
        Take(LivePart.Fragment + LivePart.TrackUnit, "f1");
        Take(LivePart.KeyFragment, "K0");
        var newcomer = _relay.Join();
        Take(LivePart.Fragment + LivePart.TrackUnit, "F1");
        Assert.Equal("part, \u0002i0, \u0012i1, \u0013k1, \u0011f1, \u0003K0, \u0011F1", All(newcomer.Reader));
        Take(LivePart.KeyFragment + LivePart.TrackUnit, "K1");
        Assert.Equal("part, \u0002i0, \u0012i1, \u0003K0, \u0013K1", All(_relay.Join().Reader));
        _relay.Begin("one track again"u8.ToArray(), several: false);
        Take(LivePart.Init, "i");
        Assert.Equal("one track again, i", All(_relay.Join().Reader));
    }

    [Fact]
    public void Media_without_a_part_and_media_of_a_screen_that_has_ended_reach_nobody()
    {
        var early = _relay.Join();
        Take(LivePart.KeyFragment, "k");
        _relay.Begin("part"u8.ToArray(), several: false);
        _relay.End();
        Take(LivePart.KeyFragment, "k");
        Assert.Equal("part", All(early.Reader));
        Assert.Equal("", All(_relay.Join().Reader));
    }

    [Fact]
    public void A_watcher_who_is_too_slow_is_let_go_and_holds_up_nobody()
    {
        var (slow, quick) = (_relay.Join(), _relay.Join());
        _relay.Begin("part"u8.ToArray(), several: false);
        for (var i = 0; i < 2_000; i++)
        {
            Take(LivePart.KeyFragment, "k");
            _ = All(quick.Reader);
        }

        Assert.False(quick.Reader.Completion.IsCompleted);
        _ = All(slow.Reader);
        Assert.True(slow.Reader.Completion.IsCompleted);
    }

    private void Take(int first, string text) => _relay.Take(new[] { (byte)first }.Concat(Encoding.ASCII.GetBytes(text)).ToArray());

    private static string All(System.Threading.Channels.ChannelReader<LiveMessage> reader)
    {
        var all = new List<string>();
        while (reader.TryRead(out var message))
        {
            all.Add(Encoding.ASCII.GetString(message.Bytes.Span));
        }

        return string.Join(", ", all);
    }
}
