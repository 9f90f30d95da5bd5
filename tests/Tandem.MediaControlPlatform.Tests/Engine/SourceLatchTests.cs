using Tandem.Media.Net;
using Tandem.MediaControlPlatform.Engine;

namespace Tandem.MediaControlPlatform.Tests.Engine;

public sealed class SourceLatchTests
{
    private static readonly MediaAddress Signalled = new(0x0A000001, 4000);
    private static readonly MediaAddress Natted = new(0x0B000001, 9000);
    private static readonly MediaAddress Stranger = new(0x0C000001, 6000);

    [Fact]
    public void The_first_source_within_the_window_is_taken_and_no_other()
    {
        var latch = new SourceLatch();
        latch.Signal(Signalled, 0);
        Assert.True(latch.Accept(Natted, 1000));
        Assert.Equal(Natted, latch.Target);
        Assert.False(latch.Accept(Stranger, 2000));
        Assert.True(latch.Accept(Signalled, 3000));
        Assert.False(latch.Accept(Natted, 4000));
    }

    [Fact]
    public void After_the_window_a_stranger_is_not_heard()
    {
        var latch = new SourceLatch();
        latch.Signal(Signalled, 0);
        Assert.False(latch.Accept(Stranger, 11_000_000));
        Assert.True(latch.Accept(Signalled, 12_000_000));
    }

    [Fact]
    public void A_new_description_opens_the_window_again()
    {
        var latch = new SourceLatch();
        latch.Signal(Signalled, 0);
        Assert.True(latch.Accept(Signalled, 1));
        latch.Signal(Natted, 20_000_000);
        Assert.Equal(Natted, latch.Target);
        Assert.True(latch.Accept(Natted, 20_000_001));
        Assert.False(latch.Accept(Signalled, 20_000_002));
    }
}
