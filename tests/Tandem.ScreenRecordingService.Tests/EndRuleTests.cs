using Tandem.Contracts.Media;
using Tandem.Contracts.Srs;
using Tandem.ScreenRecordingService.Service;

namespace Tandem.ScreenRecordingService.Tests;

public sealed class EndRuleTests
{
    private static readonly ServiceOptions Options = new() { DataFolder = "", Servers = [] };
    private static readonly DesiredState On = new(1, "c1", "a1", true, false, false, 10, 60_000, 900_000, null);
    private static readonly ControlFacts Well = new(On, false, null, null, null);

    public static TheoryData<string, long, EndReason?> Cases => new()
    {
        { "well", 64_999, null },
        { "well", 65_000, EndReason.MaximumDuration },
        { "server lost", 60_000, EndReason.MaximumDuration },
        { "signed out", 1_000, EndReason.SignedOut },
        { "off", 1_000, EndReason.CallEnded },
        { "other", 1_000, EndReason.NextCall },
        { "unlimited, server lost", 899_999, null },
        { "unlimited, server lost", 900_000, EndReason.ServerLost },
        { "unlimited, desktop lost", 899_999, null },
        { "unlimited, desktop lost", 900_000, EndReason.DesktopLost },
        { "display lost", 29_999, null },
        { "display lost", 30_000, EndReason.DisplayLost },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_capture_ends_for_the_first_reason_that_holds(string situation, long nowMs, EndReason? expected)
    {
        var unlimited = On with { MaximumDurationMs = 0 };
        var facts = situation switch
        {
            "server lost" => Well with { ServerLostMs = 0 },
            "signed out" => Well with { SignedOut = true },
            "off" => Well with { Desired = On with { CaptureId = null, On = false, EndReason = EndReason.CallEnded } },
            "other" => Well with { Desired = On with { CaptureId = "c2", EndReason = EndReason.NextCall } },
            "unlimited, server lost" => Well with { Desired = unlimited, ServerLostMs = 0 },
            "unlimited, desktop lost" => Well with { Desired = unlimited, DesktopLostMs = 0 },
            "display lost" => Well with { DisplayLostMs = 0 },
            _ => Well,
        };
        Assert.Equal(expected, EndRule.Judge(new RunningCapture(On, 0), facts, Options, nowMs));
    }
}
