using Tandem.ScreenRecordingService.Worker.Windows;

namespace Tandem.ScreenRecordingService.Tests.Windows;

public sealed class SessionPresenceTests
{
    /// <summary>WTS notices: 1 console connect, 2 console disconnect, 3 remote connect, 4 remote disconnect, 5 logon, 7 lock,
    /// 8 unlock.</summary>
    [Theory]
    [InlineData(new uint[0], null)]
    [InlineData(new uint[] { 7 }, "locked")]
    [InlineData(new uint[] { 7, 8 }, null)]
    [InlineData(new uint[] { 2 }, "user-switched")]
    [InlineData(new uint[] { 7, 2, 1 }, "locked")]
    [InlineData(new uint[] { 7, 2, 8 }, "user-switched")]
    [InlineData(new uint[] { 4, 3, 5 }, null)]
    public void A_screen_is_its_user_s_again_when_it_is_neither_locked_nor_elsewhere(uint[] notices, string? away) =>
        Assert.Equal(away, notices.Aggregate(default(SessionPresence), (presence, notice) => presence.After(notice)).Away);
}
