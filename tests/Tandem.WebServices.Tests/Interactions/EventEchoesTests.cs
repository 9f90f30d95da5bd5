using Tandem.WebServices.Interactions;

namespace Tandem.WebServices.Tests.Interactions;

public sealed class EventEchoesTests
{
    [Fact]
    public void What_two_recorders_tell_alike_is_shown_once() => Assert.Equal(
        [(1, "EventRinging"), (1, "EventEstablished"), (1, "EventReleased")],
        Shown(
            Line(1, 1, 0, "EventRinging"), Line(2, 1, 10, "EventRinging"), Line(1, 2, 20, "EventEstablished"),
            Line(2, 2, 30, "EventEstablished"), Line(1, 3, 9000, "EventReleased"), Line(2, 3, 9900, "EventReleased")));

    [Fact]
    public void What_one_source_tells_twice_happened_twice() => Assert.Equal(
        [(1, "EventHeld"), (1, "EventHeld")], Shown(Line(1, 1, 0, "EventHeld"), Line(1, 2, 500, "EventHeld")));

    [Fact]
    public void What_the_other_tells_later_is_news() => Assert.Equal(
        [(1, "EventRecording"), (2, "EventRecording")], Shown(Line(1, 1, 0, "EventRecording"), Line(2, 1, 2100, "EventRecording")));

    [Fact]
    public void Another_DN_or_detail_is_no_echo() => Assert.Equal(
        [(1, "EventRecording"), (2, "EventRecording"), (2, "EventRecording")],
        Shown(
            Line(1, 1, 0, "EventRecording"), Line(2, 1, 10, "EventRecording", detail: "Paused"),
            Line(2, 2, 20, "EventRecording", dn: "7002")));

    private static IEnumerable<(int, string)> Shown(params CallEvent[] lane) =>
        EventEchoes.Without(lane).Select(line => ((int)line.Epoch, line.Name));

    private static CallEvent Line(int epoch, int number, long ms, string name, string dn = "7001", string detail = "On") => new()
    {
        Source = "mcp", Epoch = epoch, Number = number, CallUuid = "U", TimeUs = ms * 1000, Name = name, Dn = dn, Detail = detail,
    };
}
