using Tandem.ScreenRecordingService.Capture;

namespace Tandem.ScreenRecordingService.Tests;

public sealed class HeldRectanglesTests
{
    private readonly HeldRectangles<PixelArea> held = new();

    [Fact]
    public void A_window_that_goes_is_held_for_a_second_from_when_it_is_missed()
    {
        Assert.Equal([At(10)], held.With([At(10)], 0));
        Assert.Null(held.DueMs);
        Assert.Equal([At(10)], held.With([], 5_000));
        Assert.Equal([At(10)], held.With([], 5_999));
        Assert.Equal(6_000, held.DueMs);
        Assert.Empty(held.With([], 6_000));
        Assert.Null(held.DueMs);
    }

    [Fact]
    public void A_window_that_moves_is_held_where_it_was()
    {
        held.With([At(10)], 0);
        Assert.Equal([At(20), At(10)], held.With([At(20)], 600));
        Assert.Equal(1_600, held.DueMs);
        Assert.Equal([At(20)], held.With([At(20)], 1_600));
        Assert.Null(held.DueMs);
    }

    [Fact]
    public void A_window_that_comes_back_is_there_once_and_held_anew_when_it_goes()
    {
        held.With([At(10)], 0);
        held.With([], 100);
        Assert.Equal([At(10)], held.With([At(10)], 200));
        Assert.Null(held.DueMs);
        held.With([], 300);
        Assert.Equal(1_300, held.DueMs);
    }

    private static PixelArea At(int left) => new(left, 5, 100, 50);
}
