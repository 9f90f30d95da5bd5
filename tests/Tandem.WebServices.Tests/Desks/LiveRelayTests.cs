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
        _relay.Begin("part 0"u8.ToArray());
        Take(LivePart.Init, "init");
        Take(LivePart.KeyFragment, "k1");
        Take(LivePart.Fragment, "f2");
        Take(LivePart.KeyFragment, "k3");
        Take(LivePart.Fragment, "f4");
        var newcomer = _relay.Join();
        Take(LivePart.Fragment, "f5");
        Assert.Equal("part 0, init, k3, f4, f5", All(newcomer.Reader));
        _relay.Begin("part 1"u8.ToArray());
        Take(LivePart.Init, "init 1");
        Assert.Equal("part 1, init 1", All(newcomer.Reader));
        Assert.True(_relay.Leave(newcomer));
    }

    [Fact]
    public void Media_without_a_part_and_media_of_a_screen_that_has_ended_reach_nobody()
    {
        var early = _relay.Join();
        Take(LivePart.KeyFragment, "k");
        _relay.Begin("part"u8.ToArray());
        _relay.End();
        Take(LivePart.KeyFragment, "k");
        Assert.Equal("part", All(early.Reader));
        Assert.Equal("", All(_relay.Join().Reader));
    }

    [Fact]
    public void A_watcher_who_is_too_slow_is_let_go_and_holds_up_nobody()
    {
        var (slow, quick) = (_relay.Join(), _relay.Join());
        _relay.Begin("part"u8.ToArray());
        for (var i = 0; i < 2_000; i++)
        {
            Take(LivePart.KeyFragment, "k");
            _ = All(quick.Reader);
        }

        Assert.False(quick.Reader.Completion.IsCompleted);
        _ = All(slow.Reader);
        Assert.True(slow.Reader.Completion.IsCompleted);
    }

    private void Take(byte kind, string text) => _relay.Take(new[] { kind }.Concat(Encoding.ASCII.GetBytes(text)).ToArray());

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
