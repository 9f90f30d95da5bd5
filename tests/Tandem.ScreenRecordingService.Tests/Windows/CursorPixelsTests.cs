using Tandem.ScreenRecordingService.Capture.Windows;

namespace Tandem.ScreenRecordingService.Tests.Windows;

public sealed class CursorPixelsTests
{
    [Fact]
    public void A_pointer_with_alpha_is_premultiplied_and_its_mask_ignored() => Assert.Equal(
        [0xFF102030, 0x80804000, 0x00000000],
        CursorPixels.FromColour([0xFF102030, 0x80FF8000, 0x00FFFFFF], [0xFFFFFF, 0xFFFFFF, 0]));

    [Fact]
    public void A_pointer_without_alpha_is_opaque_where_its_mask_is_black() => Assert.Equal(
        [0xFF102030, 0x00000000],
        CursorPixels.FromColour([0x00102030, 0x00405060], [0, 0xFFFFFF]));

    [Fact]
    public void A_pointer_of_two_masks_is_black_white_clear_or_black_where_it_would_invert() => Assert.Equal(
        [0xFF000000, 0xFFFFFFFF, 0x00000000, 0xFF000000],
        CursorPixels.FromMasks([0, 0, 0xFFFFFF, 0xFFFFFF, 0, 0xFFFFFF, 0, 0xFFFFFF]));
}
