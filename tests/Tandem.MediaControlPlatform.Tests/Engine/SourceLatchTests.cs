using Tandem.Media.Net;
using Tandem.MediaControlPlatform.Engine;

namespace Tandem.MediaControlPlatform.Tests.Engine;

public sealed class SourceLatchTests
{
    private static readonly MediaAddress Signalled = new(0x0A000001, 4000);
    private static readonly MediaAddress Natted = new(0x0B000001, 9000);
    private static readonly MediaAddress Stranger = new(0x0C000001, 6000);

    private SourceLatch _latch;

    [Fact]
    public void The_first_source_within_the_window_is_taken_and_no_other()
    {
        _latch.Signal(Signalled, 0);
        Assert.True(Accept(Natted, 1000));
        Assert.Equal(Natted, _latch.Target);
        Assert.False(Accept(Stranger, 2000));
        Assert.True(Accept(Signalled, 3000));
        Assert.False(Accept(Natted, 4000));
    }

    [Fact]
    public void After_the_window_a_stranger_is_not_heard()
    {
        _latch.Signal(Signalled, 0);
        Assert.False(Accept(Stranger, 11_000_000));
        Assert.True(Accept(Signalled, 12_000_000));
    }

    [Fact]
    public void A_new_description_opens_the_window_again()
    {
        _latch.Signal(Signalled, 0);
        Assert.True(Accept(Signalled, 1));
        _latch.Signal(Natted, 20_000_000);
        Assert.Equal(Natted, _latch.Target);
        Assert.True(Accept(Natted, 20_000_001));
        Assert.False(Accept(Signalled, 20_000_002));
    }

    private bool Accept(MediaAddress source, long nowUs)
    {
        if (!_latch.Allows(source, nowUs))
            return false;
        _latch.Take(source);
        return true;
    }
}
